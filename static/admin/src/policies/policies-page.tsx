import Button from '@atlaskit/button/new';
import EmptyState from '@atlaskit/empty-state';
import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import type { PolicySummary, Run } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { FailureMessage } from '../asking/failure-message';
import { useAnswer } from '../asking/use-answer';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { documentText } from './document-text';
import { DropDialog } from './drop-dialog';
import { PolicyTable } from './policy-table';
import { RunNowDialog } from './run-now-dialog';
import { useTexts } from '../texts/use-texts';
import { useLeaving } from './use-leaving';
import { runName } from '../runs/run-name';

export function PoliciesPage() {
  const { go } = useDesk();
  const { say } = useTexts();
  const policies = useAnswer<'policies'>({ command: 'policies' });
  const add = () => go({ page: 'policy', id: undefined });
  return (
    <Section
      title={say('policies.title')}
      actions={
        <>
          <Button onClick={policies.again}>{say('shown.refresh')}</Button>
          <OrderButton appearance="primary" onClick={add}>
            {say('policies.add')}
          </OrderButton>
        </>
      }
    >
      <AskedView asked={policies} what={say('policies.thePolicies')}>
        {(value) =>
          value.policies.length === 0 ? (
            <EmptyState
              header={say('policies.none')}
              headingLevel={2}
              description={say('policies.noneText')}
              primaryAction={
                <OrderButton appearance="primary" onClick={add}>
                  {say('policies.addFirst')}
                </OrderButton>
              }
            />
          ) : (
            <PoliciesWithOrders policies={value.policies} onChange={policies.again} />
          )
        }
      </AskedView>
    </Section>
  );
}

interface PoliciesWithOrdersProps {
  policies: PolicySummary[];
  /** After a policy was changed. */
  onChange: () => void;
}

function PoliciesWithOrders({ policies, onChange }: PoliciesWithOrdersProps) {
  const { backend, go } = useDesk();
  const { say } = useTexts();
  const [asking, setAsking] = useState<PolicySummary>();
  const [dropping, setDropping] = useState<PolicySummary>();
  const dryRun = useOrder();
  const switching = useOrder();

  const startDryRun = async (policy: PolicySummary) => {
    const run = await dryRun.give<'startRun'>({ command: 'startRun', policy: policy.reference.id, dry: true });
    if (run) go({ page: 'run', id: run.id });
  };
  const switchTo = async ({ policy, reference }: PolicySummary, enabled: boolean) => {
    const document = documentText({ ...policy, enabled });
    const { revision } = reference;
    const saved = await switching.give<'savePolicy'>({ command: 'savePolicy', document, revision });
    if (saved) {
      backend.announce(
        say(enabled ? 'policies.isOn' : 'policies.isOff', { policy: reference.name }),
        say(enabled ? 'policies.isOnText' : 'policies.isOffText'),
      );
    }
    // Where it was refused, too: the list may not show what is there.
    onChange();
  };
  const leaving = useLeaving();
  const askToSwitch = (policy: PolicySummary, enabled: boolean) =>
    leaving.ask(policy.reference.id, {
      name: policy.reference.name,
      order: say(enabled ? 'policies.switchOn' : 'policies.switchOff'),
      make: () => void switchTo(policy, enabled),
    });
  const moving = useOrder();
  /** Puts it before another one, or at the end. */
  const move = async (policy: string, before: string | null) => {
    if (await moving.give<'movePolicy'>({ command: 'movePolicy', policy, before })) onChange();
  };
  const started = (run: Run) => {
    setAsking(undefined);
    backend.announce(say('policies.runStarted'), runName(run, say));
    go({ page: 'run', id: run.id });
  };

  return (
    <>
      {dryRun.failure && <FailureMessage failure={dryRun.failure} title={say('policies.dryRunNotStarted')} />}
      {switching.failure && <FailureMessage failure={switching.failure} title={say('policies.notSwitched')} />}
      {moving.failure && <FailureMessage failure={moving.failure} title={say('policies.notMoved')} />}
      <PolicyTable
        policies={policies}
        busy={dryRun.busy || switching.busy || moving.busy || leaving.counting}
        onMove={(policy, before) => void move(policy, before)}
        onSwitch={askToSwitch}
        onDryRun={(policy) => void startDryRun(policy)}
        onRunNow={setAsking}
        onDrop={setDropping}
      />
      {leaving.question}
      <ModalTransition>
        {asking && <RunNowDialog policy={asking} onStarted={started} onClose={() => setAsking(undefined)} />}
      </ModalTransition>
      <ModalTransition>
        {dropping && <DropDialog policy={dropping} onDropped={onChange} onClose={() => setDropping(undefined)} />}
      </ModalTransition>
    </>
  );
}
