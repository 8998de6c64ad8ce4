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

const HEAD = {
  cells: [
    { key: 'policy', content: 'Run', width: 26 },
    { key: 'state', content: 'State', width: 16 },
    { key: 'cause', content: 'Why', width: 24 },
    { key: 'now', content: 'When', width: 16 },
    { key: 'matched', content: 'Matched', width: 9 },
    { key: 'acted', content: 'Acted on', width: 9 },
    { key: 'failed', content: 'Failed' },
  ],
};

const runsOf = (answer: AnswerTo<'runs'>): Run[] => answer.runs;

export function RunsPage() {
  const { viewer, go } = useDesk();
  const runs = useAnswerPages<'runs', Run>({ command: 'runs', cursor: null }, runsOf);
  const number = (value: number) => value.toLocaleString(viewer.locale);
  return (
    <Section title="Runs" actions={<Button onClick={runs.again}>Refresh</Button>}>
      <AskedView asked={runs} what="the runs">
        {(list) =>
          list.length === 0 ? (
            <EmptyState
              header="Nothing has run yet"
              headingLevel={2}
              description="A dry run of a policy shows who would be meant, and why. It does nothing to anybody."
              primaryAction={
                <Button appearance="primary" onClick={() => go({ page: 'policies' })}>
                  Go to the policies
                </Button>
              }
            />
          ) : (
            <DynamicTable
              label="Runs, newest first"
              head={HEAD}
              rows={list.map((run) => ({
                key: run.id,
                cells: [
                  {
                    content: (
                      <Link to={{ page: 'run', id: run.id }}>
                        {run.policy.name}
                        {run.undoes && ' (takes another run back)'}
                        {run.dry && ' (dry run)'}
                      </Link>
                    ),
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
            Load more
          </Button>
        </div>
      )}
    </Section>
  );
}
