import DynamicTable from '@atlaskit/dynamic-table';
import Lozenge from '@atlaskit/lozenge';
import type { Run } from '../../gen/types';
import { Link } from '../shown/link';
import { Moment } from '../shown/moment';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import { CauseText } from './cause';
import { RunStateLozenge } from './run-state';
import { runName } from './run-name';
import './runs-table.css';

const headOf = (say: Say) => ({
  cells: [
    { key: 'policy', content: say('runs.run'), width: 27 },
    { key: 'state', content: say('runs.stateHead'), width: 16 },
    { key: 'cause', content: say('runs.why'), width: 24 },
    { key: 'now', content: say('runs.when'), width: 16 },
    { key: 'matched', content: say('runs.matched'), width: 8 },
    { key: 'acted', content: say('runs.actedOn'), width: 9 },
    { key: 'failed', content: say('runs.failed') },
  ],
});

/** Runs, newest first. */
export function RunsTable({ runs }: { runs: Run[] }) {
  const { say, number } = useTexts();
  return (
    <DynamicTable
      label={say('runs.newestFirst')}
      head={headOf(say)}
      rows={runs.map((run) => ({
        key: run.id,
        cells: [
          { content: <RunName run={run} /> },
          { content: <RunStateLozenge run={run} /> },
          { content: <CauseText cause={run.cause} /> },
          { content: <Moment at={run.now} /> },
          { content: number(run.counts.matched) },
          { content: number(run.counts.acted) },
          {
            content: (
              <span className={run.counts.failed > 0 ? 'run-failed' : undefined}>{number(run.counts.failed)}</span>
            ),
          },
        ],
      }))}
    />
  );
}

/** What a run is for, and what kind of run it is. */
function RunName({ run }: { run: Run }) {
  const { say } = useTexts();
  return (
    <div className="run-name">
      <Link to={{ page: 'run', id: run.id }}>{nameOf(run, say)}</Link>
      {run.byHand !== undefined && (
        <span className="run-by-hand">
          <Lozenge>{say('runs.kind.byHand')}</Lozenge> {run.byHand}
        </span>
      )}
    </div>
  );
}

/** The policy's name, and what kind of run it is. */
function nameOf(run: Run, say: Say): string {
  const undo = run.undoes ? say('runs.takesAnotherBack', { policy: runName(run, say) }) : runName(run, say);
  return run.dry ? say('runs.isDry', { policy: undo }) : undo;
}
