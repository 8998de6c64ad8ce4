import EmptyState from '@atlaskit/empty-state';
import Heading from '@atlaskit/heading';
import Lozenge from '@atlaskit/lozenge';
import type { News, NewsItem } from '../../gen/types';
import { AskedView } from '../asking/asked';
import type { Asked } from '../asking/use-answer';
import { Account } from '../shown/account';
import { Link } from '../shown/link';
import { Moment } from '../shown/moment';
import { SidePanel } from '../shown/side-panel';
import { useTexts } from '../texts/use-texts';
import { isNew } from './last-seen';
import { commentText, hookText, messageText } from './message-text';
import './news-panel.css';

interface NewsPanelProps {
  news: Asked<News>;
  /** When the newest was noted that the viewer had seen before. */
  lastSeen: string | undefined;
  onClose: () => void;
}

/** What administrators should know, the newest first. */
export function NewsPanel({ news, lastSeen, onClose }: NewsPanelProps) {
  const { say } = useTexts();
  return (
    <SidePanel title={say('news.news')} subject="news" onClose={onClose}>
      <AskedView asked={news} what={say('news.theNews')}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState header={say('news.none')} headingLevel={3} description={say('news.noneText')} />
          ) : (
            <ul className="news-items">
              {items.map((item) => (
                <li key={`${item.key} ${item.at}`}>
                  <Item item={item} isNew={isNew(item.at, lastSeen)} onFollow={onClose} />
                </li>
              ))}
            </ul>
          )
        }
      </AskedView>
    </SidePanel>
  );
}

interface ItemProps {
  item: NewsItem;
  isNew: boolean;
  /** Is called when the viewer goes to what it is about. */
  onFollow: () => void;
}

function Item({ item, isNew, onFollow }: ItemProps) {
  const { say } = useTexts();
  const message = messageText(item, say);
  const comment = commentText(item.comment, say);
  const hook = hookText(item.hook, say);
  return (
    <article className="news-item">
      <Heading size="xsmall" as="h3">
        {item.title}
      </Heading>
      <p className="news-facts">
        <Moment at={item.at} />
        {isNew && <Lozenge appearance="new">{say('news.isNew')}</Lozenge>}
      </p>
      <p>{item.text}</p>
      {item.subject && (
        <p>
          {say('news.about')} <Account id={item.subject} />
        </p>
      )}
      {item.run !== null && (
        <p>
          <Link to={{ page: 'run', id: item.run }} onFollow={onFollow}>
            {say('news.seeRun')}
          </Link>
        </p>
      )}
      {message && <p className="news-facts">{message}</p>}
      {comment && <p className="news-facts">{comment}</p>}
      {hook && <p className="news-facts">{hook}</p>}
    </article>
  );
}
