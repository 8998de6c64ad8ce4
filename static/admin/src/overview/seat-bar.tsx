import type { ProductFigures } from '../../gen/types';
import { useDesk } from '../page/desk';
import { percent } from '../shown/share';
import { useTexts } from '../texts/use-texts';
import './seat-bar.css';

/** From this share of the seats on, a product is nearly full. */
const NEARLY_FULL = 0.9;

/** Seats against the limit, in words and as a bar; what Atlassian says is taken counts, where it says. */
export function SeatBar({ figures: { seats, seatsSaid, capacity } }: { figures: ProductFigures }) {
  const { viewer } = useDesk();
  const { say } = useTexts();
  const taken = seatsSaid ?? seats;
  if (capacity === null || capacity === 0) return <>{say('overview.seatsTaken', { count: taken })}</>;
  const share = Math.min(taken / capacity, 1);
  const tone = taken >= capacity ? 'full' : share >= NEARLY_FULL ? 'nearly' : 'free';
  const free = Math.max(capacity - taken, 0);
  return (
    <div className="seat-bar">
      <span>{say('overview.seatsOf', { taken, capacity, percent: percent(taken, capacity, viewer.locale) })}</span>
      <span className="seat-track" aria-hidden="true">
        <span data-tone={tone} style={{ width: `${share * 100}%` }} />
      </span>
      <span className="seat-free">
        {tone === 'full' ? say('overview.seatsFull') : say('overview.seatsFree', { count: free })}
      </span>
    </div>
  );
}
