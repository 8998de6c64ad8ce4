import Button from '@atlaskit/button/new';
import NotificationIcon from '@atlaskit/icon/core/notification';
import { Suspense, lazy, useEffect, useState } from 'react';
import { useAnswer } from '../asking/use-answer';
import { whenSeen } from '../asking/when-seen';
import { useDesk } from '../page/desk';
import { ownStorage } from '../page/own-storage';
import { PartBoundary } from '../page/part-boundary';
import { icon } from '../shown/icon';
import { useTexts } from '../texts/use-texts';
import { readLastSeen, unseen, writeLastSeen } from './last-seen';
import './news-bell.css';

const NewsPanel = lazy(async () => ({ default: (await import('./news-panel')).NewsPanel }));

/** How often the news is asked for again, in milliseconds. */
const LOOK = 60_000;
const look = (): number => LOOK;

/** How much is new to the viewer since they opened it last, and the news itself when it is pressed. */
export function NewsBell() {
  const { viewer } = useDesk();
  const { say, number } = useTexts();
  const news = useAnswer<'news'>({ command: 'news' }, look);
  const [lastSeen, setLastSeen] = useState(() => readLastSeen(ownStorage(), viewer.accountId));
  /** While it is open: what had been seen before. */
  const [open, setOpen] = useState<{ seenBefore: string | undefined }>();

  // What failed once would not be asked again by itself, and a number that stands still looks like no news.
  const { failure, asking, again } = news;
  useEffect(() => (failure && !asking ? whenSeen(LOOK, again) : undefined), [failure, asking, again]);

  const items = news.value?.items ?? [];
  const count = open ? 0 : unseen(items, lastSeen);
  const see = () => {
    const newest = items[0]?.at;
    if (newest === undefined) return;
    setLastSeen(newest);
    writeLastSeen(ownStorage(), viewer.accountId, newest);
  };
  const show = () => {
    setOpen({ seenBefore: lastSeen });
    see();
    again();
  };
  const close = () => {
    setOpen(undefined);
    see();
  };
  return (
    <div className="news">
      <Button
        appearance="subtle"
        iconBefore={icon(NotificationIcon)}
        aria-label={count > 0 ? say('news.newsAndNew', { count }) : say('news.news')}
        aria-expanded={open !== undefined}
        onClick={open ? close : show}
      >
        {say('news.news')}
        {count > 0 && (
          <>
            {/* Else the two would be one word, which the name does not hold. */ ' '}
            <span className="news-count">{number(count)}</span>
          </>
        )}
      </Button>
      {open && (
        <PartBoundary>
          <Suspense fallback={null}>
            <NewsPanel news={news} lastSeen={open.seenBefore} onClose={close} />
          </Suspense>
        </PartBoundary>
      )}
    </div>
  );
}
