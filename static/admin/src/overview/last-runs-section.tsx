import Button from '@atlaskit/button/new';
import type { Run } from '../../gen/types';
import { useDesk } from '../page/desk';
import { RunStateLozenge } from '../runs/run-state';
import { FilledTable } from '../shown/filled-table';
import { Link } from '../shown/link';
import { Moment } from '../shown/moment';
import { Section } from '../shown/section';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import { runName } from '../runs/run-name';

/** So many runs are shown; the rest has a page. */
const SHOWN = 5;

const headOf = (say: Say) => ({
  cells: [
    { key: 'run', content: say('overview.run'), width: 34 },
    { key: 'when', content: say('overview.when'), width: 26 },
    { key: 'state', content: say('overview.state'), width: 18 },
    { key: 'acted', content: say('overview.actedOn'), width: 11 },
    { key: 'failed', content: say('overview.failed') },
  ],
});

/** What was done last. */
export function LastRunsSection({ runs }: { runs: Run[] }) {
  const { go } = useDesk();
  const { say, number } = useTexts();
  return (
    <Section
      title={say('overview.lastRuns')}
      actions={<Button onClick={() => go({ page: 'runs' })}>{say('overview.allRuns')}</Button>}
    >
      <FilledTable
        label={say('overview.lastRuns')}
        head={headOf(say)}
        empty={say('overview.noRuns')}
        rows={runs.slice(0, SHOWN).map((run) => ({
          key: run.id,
          cells: [
            {
              content: (
                <Link to={{ page: 'run', id: run.id }}>
                  {run.dry ? say('overview.dryRunOf', { policy: runName(run, say) }) : runName(run, say)}
                </Link>
              ),
            },
            { content: <Moment at={run.now} /> },
            { content: <RunStateLozenge run={run} /> },
            { content: number(run.counts.acted) },
            { content: number(run.counts.failed) },
          ],
        }))}
      />
    </Section>
  );
}
