import Button from '@atlaskit/button/new';
import DynamicTable from '@atlaskit/dynamic-table';
import EmptyState from '@atlaskit/empty-state';
import type { Run } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { useAnswerPages } from '../asking/use-answer-pages';
import { useDesk } from '../page/desk';
import type { AnswerTo } from '../protocol';
import { Link } from '../shown/link';
import { Moment } from '../shown/moment';
import { Section } from '../shown/section';
import { CauseText } from './cause';
import { RunStateLozenge } from './run-state';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';

const headOf = (say: Say) => ({
  cells: [
    { key: 'policy', content: say('runs.run'), width: 26 },
    { key: 'state', content: say('runs.stateHead'), width: 16 },
    { key: 'cause', content: say('runs.why'), width: 24 },
    { key: 'now', content: say('runs.when'), width: 16 },
    { key: 'matched', content: say('runs.matched'), width: 9 },
    { key: 'acted', content: say('runs.actedOn'), width: 9 },
    { key: 'failed', content: say('runs.failed') },
  ],
});

/** The policy's name, and what kind of run it is. */
function nameOf(run: Run, say: Say): string {
  const undo = run.undoes ? say('runs.takesAnotherBack', { policy: run.policy.name }) : run.policy.name;
  return run.dry ? say('runs.isDry', { policy: undo }) : undo;
}

const runsOf = (answer: AnswerTo<'runs'>): Run[] => answer.runs;

export function RunsPage() {
  const { go } = useDesk();
  const { say, number } = useTexts();
  const runs = useAnswerPages<'runs', Run>({ command: 'runs', cursor: null }, runsOf);
  return (
    <Section title={say('runs.title')} actions={<Button onClick={runs.again}>{say('shown.refresh')}</Button>}>
      <AskedView asked={runs} what={say('runs.theRuns')}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState
              header={say('runs.none')}
              headingLevel={2}
              description={say('runs.noneText')}
              primaryAction={
                <Button appearance="primary" onClick={() => go({ page: 'policies' })}>
                  {say('runs.goToPolicies')}
                </Button>
              }
            />
          ) : (
            <DynamicTable
              label={say('runs.newestFirst')}
              head={headOf(say)}
              rows={list.map((run) => ({
                key: run.id,
                cells: [
                  {
                    content: <Link to={{ page: 'run', id: run.id }}>{nameOf(run, say)}</Link>,
                  },
                  { content: <RunStateLozenge run={run} /> },
                  { content: <CauseText cause={run.cause} /> },
                  { content: <Moment at={run.now} /> },
                  { content: number(run.counts.matched) },
                  { content: number(run.counts.acted) },
                  { content: number(run.counts.failed) },
                ],
              }))}
            />
          )
        }
      </AskedView>
      {runs.more && (
        <div>
          <Button onClick={runs.more} isLoading={runs.asking}>
            {say('shown.loadMore')}
          </Button>
        </div>
      )}
    </Section>
  );
}
