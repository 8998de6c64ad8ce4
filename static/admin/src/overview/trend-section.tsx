import Button from '@atlaskit/button/new';
import { Suspense, lazy } from 'react';
import type { TrendMonth } from '../../gen/types';
import { AskedView, Loading } from '../asking/asked';
import { useAnswerPages } from '../asking/use-answer-pages';
import type { AnswerTo } from '../protocol';
import { Section } from '../shown/section';
import { useTexts } from '../texts/use-texts';

/** Fetched when there is something to draw. */
const TrendView = lazy(async () => ({ default: (await import('./trend-view')).TrendView }));

const monthsOf = ({ months }: AnswerTo<'trend'>): TrendMonth[] => months;

/** From so many days on there is a line to draw. */
const FEWEST = 2;

const daysIn = (months: TrendMonth[]): number =>
  new Set(months.flatMap(({ month, places }) => places.flatMap(({ days }) => days.map((day) => `${month}-${day}`))))
    .size;

/** Seats over time, from the counts that each day's reading left. */
export function TrendSection() {
  const { say } = useTexts();
  const trend = useAnswerPages<'trend', TrendMonth>({ command: 'trend', cursor: null }, monthsOf);
  return (
    <Section
      title={say('overview.trend')}
      actions={
        trend.more && (
          <Button onClick={trend.more} isLoading={trend.asking}>
            {say('overview.earlier')}
          </Button>
        )
      }
    >
      <AskedView asked={trend} what={say('overview.theTrend')}>
        {(months) =>
          daysIn(months) < FEWEST ? (
            <p className="overview-note">{say('overview.trendLater')}</p>
          ) : (
            <Suspense fallback={<Loading what={say('overview.theTrend')} />}>
              <TrendView months={months} />
            </Suspense>
          )
        }
      </AskedView>
    </Section>
  );
}
