import Button from '@atlaskit/button/new';
import EmptyState from '@atlaskit/empty-state';
import type { StoredEntry } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { useAnswerPages } from '../asking/use-answer-pages';
import { BundleCheck } from '../evidence/bundle-check';
import { EvidenceButton } from '../evidence/evidence-button';
import { useDesk } from '../page/desk';
import type { AnswerTo } from '../protocol';
import { Link } from '../shown/link';
import { Section } from '../shown/section';
import { ChainCheck } from './chain-check';
import { filterOf, isTerm, withTerm, type Terms } from './filter';
import { LogExport } from './log-export';
import { LogFilterForm } from './log-filter';
import { LogTable } from './log-table';
import { useTexts } from '../texts/use-texts';

interface LogPageProps {
  by: string | undefined;
  value: string | undefined;
  also?: [string, string][] | undefined;
}

const entriesOf = (answer: AnswerTo<'log'>): StoredEntry[] => answer.entries;

/** The terms of an address; what is none is left out. */
const termsOf = ({ by, value, also = [] }: LogPageProps): Terms =>
  [...(value === undefined ? [] : [[by, value] as const]), ...also].flatMap(([term, text]): Terms =>
    isTerm(term) ? [[term, text]] : [],
  );

export function LogPage(props: LogPageProps) {
  const { go } = useDesk();
  const { say } = useTexts();
  const terms = termsOf(props);
  const filter = filterOf(terms);
  const log = useAnswerPages<'log', StoredEntry>({ command: 'log', filter, cursor: null }, entriesOf);
  const show = ([first, ...also]: Terms) =>
    go({ page: 'log', by: first?.[0], value: first?.[1], ...(also.length > 0 && { also }) });
  return (
    <>
      <ChainCheck />
      <BundleCheck />
      <Link to={{ page: 'changes' }}>{say('log.changesNotInLog')}</Link>
      <Section
        title={say('log.entries')}
        actions={
          <>
            {filter.from && filter.to && (
              <EvidenceButton
                name={`seatkeeper-evidence-${filter.from.slice(0, 10)}-to-${filter.to.slice(0, 10)}`}
                subject={{ from: filter.from, to: filter.to }}
              />
            )}
            <LogExport filter={filter} />
            <Button onClick={log.again}>{say('shown.refresh')}</Button>
          </>
        }
      >
        <LogFilterForm key={JSON.stringify(terms)} terms={terms} onFilter={show} />
        <AskedView asked={log} what={say('log.theLog')}>
          {(entries) =>
            entries.length === 0 && !log.more ? (
              <EmptyState
                header={say('log.none')}
                headingLevel={2}
                description={say(terms.length > 0 ? 'log.noneWithFilter' : 'log.noneYet')}
              />
            ) : (
              <LogTable entries={entries} onFilter={(by, value) => show(withTerm(terms, by, value))} />
            )
          }
        </AskedView>
        {log.more && (
          <div>
            <Button onClick={log.more} isLoading={log.asking}>
              {say('shown.loadMore')}
            </Button>
          </div>
        )}
      </Section>
    </>
  );
}
