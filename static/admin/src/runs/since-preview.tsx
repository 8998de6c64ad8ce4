import DynamicTable from '@atlaskit/dynamic-table';
import type { NamedPlanChange, SincePreview } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { useAnswer } from '../asking/use-answer';
import { Account } from '../shown/account';
import { Link } from '../shown/link';
import { Pager, usePage } from '../shown/pager';
import { Section } from '../shown/section';
import { sentence } from '../shown/sentence';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';

const headOf = (say: Say) => ({
  cells: [
    { key: 'person', content: say('runs.person'), width: 32 },
    { key: 'change', content: say('runs.change'), width: 18 },
    { key: 'reason', content: say('runs.why') },
  ],
});

const ROWS = 20;

interface SincePreviewSectionProps {
  run: string;
  since: SincePreview;
}

/** Who came into a plan, and who left it, since the policy's last dry run. */
export function SincePreviewSection({ run, since }: SincePreviewSectionProps) {
  const { say, show } = useTexts();
  const people = (count: number) => say('shown.people', { count });
  return (
    <Section title={say('runs.sinceDryRun')}>
      <p>
        {show('runs.comparedWith', {
          run: <Link to={{ page: 'run', id: since.preview }}>{say('runs.thatDryRun')}</Link>,
          came: people(since.came),
          left: people(since.left),
        })}
      </p>
      {since.came + since.left > 0 && <PlanChanges run={run} />}
    </Section>
  );
}

function PlanChanges({ run }: { run: string }) {
  const { say } = useTexts();
  const changes = useAnswer<'runChanges'>({ command: 'runChanges', run });
  return (
    <AskedView asked={changes} what={say('runs.whatChanged')}>
      {({ people }) => <ChangesTable people={people} />}
    </AskedView>
  );
}

function ChangesTable({ people }: { people: NamedPlanChange[] }) {
  const { say } = useTexts();
  const page = usePage(people, ROWS, '');
  return (
    <>
      <DynamicTable
        label={say('runs.whatChangedLabel')}
        head={headOf(say)}
        rows={page.items.map(({ account, name, came, reason }) => ({
          key: `${account} ${String(came)}`,
          cells: [
            { content: <Account id={account} name={name} /> },
            { content: say(came ? 'runs.came' : 'runs.left') },
            { content: reason && sentence(reason) },
          ],
        }))}
      />
      <Pager page={page} label={say('runs.pagesOfChanges')} />
    </>
  );
}
