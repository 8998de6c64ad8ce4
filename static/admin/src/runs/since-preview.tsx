import DynamicTable from '@atlaskit/dynamic-table';
import type { NamedPlanChange, SincePreview } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { useAnswer } from '../asking/use-answer';
import { useDesk } from '../page/desk';
import { Link } from '../shown/link';
import { Pager, usePage } from '../shown/pager';
import { Section } from '../shown/section';
import { counted, sentence } from '../shown/sentence';

const HEAD = {
  cells: [
    { key: 'person', content: 'Person', width: 32 },
    { key: 'change', content: 'Change', width: 18 },
    { key: 'reason', content: 'Why' },
  ],
};

const ROWS = 20;

interface SincePreviewSectionProps {
  run: string;
  since: SincePreview;
}

/** Who came into a plan, and who left it, since the policy's last dry run. */
export function SincePreviewSection({ run, since }: SincePreviewSectionProps) {
  const { viewer } = useDesk();
  const people = (count: number) => counted(count, 'person', 'people', viewer.locale);
  return (
    <Section title="Since the last dry run">
      <p>
        Compared with <Link to={{ page: 'run', id: since.preview }}>that dry run</Link>, {people(since.came)} came into
        the plan and {people(since.left)} left it.
      </p>
      {since.came + since.left > 0 && <PlanChanges run={run} />}
    </Section>
  );
}

function PlanChanges({ run }: { run: string }) {
  const changes = useAnswer<'runChanges'>({ command: 'runChanges', run });
  return (
    <AskedView asked={changes} what="what changed">
      {({ people }) => <ChangesTable people={people} />}
    </AskedView>
  );
}

function ChangesTable({ people }: { people: NamedPlanChange[] }) {
  const page = usePage(people, ROWS, '');
  return (
    <>
      <DynamicTable
        label="What changed since the last dry run"
        head={HEAD}
        rows={page.items.map(({ account, name, came, reason }) => ({
          key: `${account} ${String(came)}`,
          cells: [
            { content: name ?? account },
            { content: came ? 'Came' : 'Left' },
            { content: reason && sentence(reason) },
          ],
        }))}
      />
      <Pager page={page} label="Pages of changes" />
    </>
  );
}
