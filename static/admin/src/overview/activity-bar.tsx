import type { ProductFigures } from '../../gen/types';
import { Link } from '../shown/link';
import { useTexts } from '../texts/use-texts';
import { ACTIVITIES, peopleOf } from './people-of';
import './activity-bar.css';

/** How the people of a product were seen: a bar for the eye, and the same in words that lead to the people. */
export function ActivityBar({ figures }: { figures: ProductFigures }) {
  const { say } = useTexts();
  const having = ACTIVITIES.filter((activity) => figures[activity] > 0);
  if (having.length === 0) return <>{say('overview.nobody')}</>;
  return (
    <div className="activity">
      <div className="activity-bar" aria-hidden="true">
        {having.map((activity) => (
          <span key={activity} data-activity={activity} style={{ flexGrow: figures[activity] }} />
        ))}
      </div>
      <ul className="activity-words">
        {having.map((activity) => (
          <li key={activity}>
            <span className="activity-mark" data-activity={activity} aria-hidden="true" />
            <Link to={peopleOf(figures, activity)}>
              {say(`overview.seen.${activity}`, { count: figures[activity] })}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
