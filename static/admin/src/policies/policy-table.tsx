import DynamicTable from '@atlaskit/dynamic-table';
import Lozenge from '@atlaskit/lozenge';
import type { LastRun, PolicySummary } from '../../gen/types';
import { useDesk } from '../page/desk';
import { RunStateLozenge } from '../runs/run-state';
import { Link } from '../shown/link';
import { Moment } from '../shown/moment';
import { OrderButton } from '../shown/order-button';
import { sentence } from '../shown/sentence';
import { EnabledSwitch } from './enabled-switch';
import type { Say } from '../texts/texts';
import { PlainWords } from '../shown/plain-words';
import { useTexts } from '../texts/use-texts';
import './policy-table.css';

const headOf = (say: Say) => ({
  cells: [
    { key: 'place', content: say('policies.order'), width: 8 },
    { key: 'enabled', content: say('policies.on'), width: 6 },
    { key: 'policy', content: say('policies.policy'), width: 36 },
    { key: 'due', content: say('policies.nextRun'), width: 13 },
    { key: 'last', content: say('policies.lastResult'), width: 15 },
    { key: 'orders', content: say('policies.orders'), width: 22 },
  ],
});

interface PolicyTableProps {
  policies: PolicySummary[];
  busy: boolean;
  onSwitch: (policy: PolicySummary, enabled: boolean) => void;
  /** Before another one, or to the end. */
  onMove: (policy: string, before: string | null) => void;
  onDryRun: (policy: PolicySummary) => void;
  onRunNow: (policy: PolicySummary) => void;
  onDrop: (policy: PolicySummary) => void;
}

/** The policies in the administrator's order. */
export function PolicyTable({ policies, busy, onSwitch, onMove, onDryRun, onRunNow, onDrop }: PolicyTableProps) {
  const { go } = useDesk();
  const { say } = useTexts();
  return (
    <DynamicTable
      label={say('policies.title')}
      head={headOf(say)}
      rows={policies.map((policy, at) => {
        const { id, name } = policy.reference;
        return {
          key: id,
          cells: [
            {
              content: (
                <MoveButtons ids={policies.map((each) => each.reference.id)} at={at} name={name} onMove={onMove} />
              ),
            },
            {
              content: <EnabledSwitch policy={policy} busy={busy} onSwitch={(enabled) => onSwitch(policy, enabled)} />,
            },
            { content: <PolicyCell policy={policy} /> },
            { content: <NextRun policy={policy} /> },
            { content: <LastResult run={policy.lastRun} /> },
            {
              content: (
                <div className="policy-orders">
                  <OrderButton
                    spacing="compact"
                    by="operator"
                    label={say('policies.dryRunOf', { policy: name })}
                    isLoading={busy}
                    onClick={() => onDryRun(policy)}
                  >
                    {say('policies.dryRun')}
                  </OrderButton>
                  <OrderButton
                    spacing="compact"
                    by="operator"
                    label={say('policies.runNowOf', { policy: name })}
                    onClick={() => onRunNow(policy)}
                  >
                    {say('policies.runNow')}
                  </OrderButton>
                  <OrderButton
                    spacing="compact"
                    label={say('policies.duplicateOf', { policy: name })}
                    onClick={() => go({ page: 'policy', id: undefined, like: id })}
                  >
                    {say('policies.duplicate')}
                  </OrderButton>
                  <OrderButton
                    spacing="compact"
                    label={say('policies.dropOf', { policy: name })}
                    onClick={() => onDrop(policy)}
                  >
                    {say('policies.drop')}
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
  const { say } = useTexts();
  return (
    <div className="policy">
      <span className="policy-name">
        <Link to={{ page: 'policy', id: policy.reference.id }}>{policy.reference.name}</Link>
        {!policy.policy.enabled && <Lozenge>{say('policies.off')}</Lozenge>}
      </span>
      <span className="policy-description">
        <PlainWords text={policy.description} />
      </span>
      {policy.warnings.map((warning) => (
        <span key={warning} className="policy-warning">
          {sentence(warning)}
        </span>
      ))}
    </div>
  );
}

interface MoveButtonsProps {
  /** All policies in their order. */
  ids: string[];
  at: number;
  name: string;
  onMove: (policy: string, before: string | null) => void;
}

/** Moves a policy one place: where two mean the same person, the upper one decides. */
function MoveButtons({ ids, at, name, onMove }: MoveButtonsProps) {
  const { say } = useTexts();
  const id = ids[at] ?? '';
  return (
    <div className="policy-place">
      <OrderButton
        spacing="compact"
        label={say('policies.moveUpOf', { policy: name })}
        disabledBecause={at === 0 ? say('policies.isFirst') : undefined}
        onClick={() => onMove(id, ids[at - 1] ?? null)}
      >
        {say('policies.moveUp')}
      </OrderButton>
      <OrderButton
        spacing="compact"
        label={say('policies.moveDownOf', { policy: name })}
        disabledBecause={at + 1 === ids.length ? say('policies.isLast') : undefined}
        onClick={() => onMove(id, ids[at + 2] ?? null)}
      >
        {say('policies.moveDown')}
      </OrderButton>
    </div>
  );
}

function NextRun({ policy: { nextDue, policy } }: { policy: PolicySummary }) {
  const { say } = useTexts();
  if (nextDue) return <Moment at={nextDue} />;
  const why = policy.enabled ? 'policies.noRunLeft' : 'policies.switchedOff';
  return <span className="policy-description">{say(policy.schedule ? why : 'policies.byHandOnly')}</span>;
}

/** Where the last run stands, what it did and when it was asked for. */
function LastResult({ run }: { run: LastRun | null }) {
  const { say } = useTexts();
  if (!run) return <span className="policy-description">{say('policies.neverRan')}</span>;
  const { matched, acted, failed } = run.counts;
  return (
    <div className="policy">
      <span>
        <RunStateLozenge run={run} />
      </span>
      {run.dry || acted + failed === 0 ? (
        <span>{say('policies.lastMatched', { count: matched })}</span>
      ) : (
        <span>{say('policies.lastActed', { count: acted })}</span>
      )}
      {failed > 0 && <span className="policy-failed">{say('policies.lastFailed', { count: failed })}</span>}
      <Link to={{ page: 'run', id: run.id }}>
        <Moment at={run.asked} />
      </Link>
    </div>
  );
}
