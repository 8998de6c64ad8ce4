import Button from '@atlaskit/button/new';
import EmptyState from '@atlaskit/empty-state';
import { useEffect } from 'react';
import type { Run } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { useAnswerPages } from '../asking/use-answer-pages';
import { useDesk } from '../page/desk';
import type { Filter } from '../page/route';
import type { AnswerTo } from '../protocol';
import { Section } from '../shown/section';
import { useTexts } from '../texts/use-texts';
import { RunsFilter } from './runs-filter';
import { RunsTable } from './runs-table';
import { asksForAll, filterOf, isWanted, wantedOf } from './wanted';

const runsOf = (answer: AnswerTo<'runs'>): Run[] => answer.runs;

/** So many that agree are looked for before the viewer is asked whether to go on. */
const ENOUGH = 10;

export function RunsPage({ filter = [] }: { filter?: Filter | undefined }) {
  const { go } = useDesk();
  const { say } = useTexts();
  const wanted = wantedOf(filter);
  const runs = useAnswerPages<'runs', Run>({ command: 'runs', cursor: null }, runsOf);
  const { more, asking, failure } = runs;
  const found = runs.value?.filter((run) => isWanted(run, wanted)) ?? [];
  // A page may hold few runs that are wanted, or none, and there is more to load.
  const tooFew = found.length < ENOUGH;
  useEffect(() => {
    if (tooFew && !asking && !failure) more?.();
  });
  return (
    <Section title={say('runs.title')} actions={<Button onClick={runs.again}>{say('shown.refresh')}</Button>}>
      <AskedView asked={runs} what={say('runs.theRuns')}>
        {(list) =>
          list.length === 0 && !more ? (
            <NothingRan />
          ) : (
            <>
              <RunsFilter
                wanted={wanted}
                runs={list}
                onWant={(other) => go({ page: 'runs', filter: filterOf(other) })}
              />
              {!asksForAll(wanted) && (
                <p className="runs-none" role="status">
                  {say('runs.shownOf', { shown: found.length, loaded: list.length })}
                </p>
              )}
              {found.length > 0 && <RunsTable runs={found} />}
            </>
          )
        }
      </AskedView>
      {more && (!tooFew || failure) && (
        <div>
          <Button onClick={more} isLoading={asking}>
            {say('shown.loadMore')}
          </Button>
        </div>
      )}
    </Section>
  );
}

function NothingRan() {
  const { go } = useDesk();
  const { say } = useTexts();
  return (
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
  );
}
