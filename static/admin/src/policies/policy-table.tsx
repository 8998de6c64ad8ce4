import DynamicTable from '@atlaskit/dynamic-table';
import Lozenge from '@atlaskit/lozenge';
import type { PolicySummary, Run } from '../../gen/types';
import { RunStateLozenge } from '../runs/run-state';
import { Link } from '../shown/link';
import { Moment } from '../shown/moment';
import { OrderButton } from '../shown/order-button';
import { sentence } from '../shown/sentence';
import './policy-table.css';

const HEAD = {
  cells: [
    { key: 'policy', content: 'Policy', width: 46 },
    { key: 'due', content: 'Next run', width: 15 },
    { key: 'last', content: 'Last result', width: 19 },
    { key: 'orders', content: '' },
  ],
};

interface PolicyTableProps {
  policies: PolicySummary[];
  /** The newest runs, for the last result. */
  runs: Run[];
  busy: boolean;
  onDryRun: (policy: PolicySummary) => void;
  onRunNow: (policy: PolicySummary) => void;
}

/** The policies in the administrator's order. */
export function PolicyTable({ policies, runs, busy, onDryRun, onRunNow }: PolicyTableProps) {
  return (
    <DynamicTable
      label="Policies"
      head={HEAD}
      rows={policies.map((policy) => {
        const { id, name } = policy.reference;
        return {
          key: id,
          cells: [
            { content: <PolicyCell policy={policy} /> },
            { content: <NextRun policy={policy} /> },
            { content: <LastResult run={runs.find((run) => run.policy.id === id)} /> },
            {
              content: (
                <div className="policy-orders">
                  <OrderButton
                    spacing="compact"
                    by="operator"
                    label={`Dry run of ${name}`}
                    isLoading={busy}
                    onClick={() => onDryRun(policy)}
                  >
                    Dry run
                  </OrderButton>
                  <OrderButton
                    spacing="compact"
                    by="operator"
                    label={`Run now: ${name}`}
                    onClick={() => onRunNow(policy)}
                  >
                    Run now
                  </OrderButton>
                </div>
              ),
            },
          ],
        };
      })}
    />
  );
}

function PolicyCell({ policy }: { policy: PolicySummary }) {
  return (
    <div className="policy">
      <span className="policy-name">
        <Link to={{ page: 'policy', id: policy.reference.id }}>{policy.reference.name}</Link>
        {!policy.policy.enabled && <Lozenge>Off</Lozenge>}
      </span>
      <span className="policy-description">{policy.description}</span>
      {policy.warnings.map((warning) => (
        <span key={warning} className="policy-warning">
          {sentence(warning)}
        </span>
      ))}
    </div>
  );
}

function NextRun({ policy: { nextDue, policy } }: { policy: PolicySummary }) {
  if (nextDue) return <Moment at={nextDue} />;
  const why = !policy.schedule ? 'by hand only' : policy.enabled ? 'no run left in its schedule' : 'switched off';
  return <span className="policy-description">{why}</span>;
}

function LastResult({ run }: { run: Run | undefined }) {
  if (!run) return <span className="policy-description">never ran</span>;
  return (
    <div className="policy">
      <span>
        <RunStateLozenge run={run} />
      </span>
      <Link to={{ page: 'run', id: run.id }}>
        <Moment at={run.now} />
      </Link>
    </div>
  );
}
