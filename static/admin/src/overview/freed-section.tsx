import Button from '@atlaskit/button/new';
import type { PolicySummary, Run } from '../../gen/types';
import { useDesk } from '../page/desk';
import { FilledTable } from '../shown/filled-table';
import { Link } from '../shown/link';
import { Moment } from '../shown/moment';
import { Section } from '../shown/section';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import { plannedBy } from './last-plan';

const headOf = (say: Say) => ({
  cells: [
    { key: 'policy', content: say('overview.policy'), width: 34 },
    { key: 'next', content: say('overview.nextRun'), width: 26 },
    { key: 'people', content: say('overview.lastPlan') },
  ],
});

/** Who would be freed and when: each policy that is on, its next run, and what its newest plan found. */
export function FreedSection({ policies, runs }: { policies: PolicySummary[]; runs: Run[] }) {
  const { go } = useDesk();
  const { say } = useTexts();
  const on = policies.filter(({ policy }) => policy.enabled);
  const off = policies.length - on.length;
  return (
    <Section
      title={say('overview.freed')}
      actions={<Button onClick={() => go({ page: 'policies' })}>{say('overview.allPolicies')}</Button>}
    >
      <FilledTable
        label={say('overview.freed')}
        head={headOf(say)}
        empty={say('overview.noPolicyOn')}
        rows={on.map(({ reference: { id, name }, policy, nextDue }) => ({
          key: id,
          cells: [
            { content: <Link to={{ page: 'policy', id }}>{name}</Link> },
            {
              content: nextDue ? (
                <Moment at={nextDue} />
              ) : (
                say(policy.schedule ? 'overview.notDueAgain' : 'overview.byHandOnly')
              ),
            },
            { content: <LastPlan run={plannedBy(id, runs)} /> },
          ],
        }))}
      />
      {off > 0 && <p className="overview-note">{say('overview.policiesOff', { count: off })}</p>}
    </Section>
  );
}

function LastPlan({ run }: { run: Run | undefined }) {
  const { say, show } = useTexts();
  if (!run) return <>{say('overview.neverPlanned')}</>;
  const people = run.plan?.steps ?? run.counts.planned;
  return show('overview.plannedWhen', {
    people: <Link to={{ page: 'run', id: run.id }}>{say('shown.people', { count: people })}</Link>,
    when: <Moment at={run.now} />,
  });
}
