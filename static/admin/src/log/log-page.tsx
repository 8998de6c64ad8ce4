import Button from '@atlaskit/button/new';
import EmptyState from '@atlaskit/empty-state';
import type { LogFilter, StoredEntry } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { useAnswerPages } from '../asking/use-answer-pages';
import { useDesk } from '../page/desk';
import type { AnswerTo } from '../protocol';
import { Link } from '../shown/link';
import { Section } from '../shown/section';
import { ChainCheck } from './chain-check';
import { LogFilterForm, isLogIndex } from './log-filter';
import { LogTable } from './log-table';

interface LogPageProps {
  by: string | undefined;
  value: string | undefined;
}

const entriesOf = (answer: AnswerTo<'log'>): StoredEntry[] => answer.entries;

export function LogPage({ by, value }: LogPageProps) {
  const { go } = useDesk();
  const filter: LogFilter | undefined = isLogIndex(by) && value ? { by, value } : undefined;
  const log = useAnswerPages<'log', StoredEntry>({ command: 'log', filter: filter ?? null, cursor: null }, entriesOf);
  const show = (next: LogFilter | undefined) => go({ page: 'log', by: next?.by, value: next?.value });
  return (
    <>
      <ChainCheck />
      <Link to={{ page: 'changes' }}>Changes that are not in the log</Link>
      <Section title="Entries" actions={<Button onClick={log.again}>Refresh</Button>}>
        <LogFilterForm key={JSON.stringify(filter)} filter={filter} onFilter={show} />
        <AskedView asked={log} what="the log">
          {(entries) =>
            entries.length === 0 ? (
              <EmptyState
                header="No entries"
                headingLevel={2}
                description={filter ? 'Nothing in the log has this value.' : 'Nothing happened this month.'}
              />
            ) : (
              <LogTable entries={entries} onFilter={show} />
            )
          }
        </AskedView>
        {log.more && (
          <div>
            <Button onClick={log.more} isLoading={log.asking}>
              Load more
            </Button>
          </div>
        )}
      </Section>
    </>
  );
}
