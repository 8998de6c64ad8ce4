import type { ProductFigures } from '../../gen/types';
import { useDesk } from '../page/desk';
import { sentence } from '../shown/sentence';
import { percent } from '../shown/share';
import { useTexts } from '../texts/use-texts';
import { CountedSeats } from './counted-seats';
import { seatDifference } from './seat-count';
import './seat-bar.css';

/** From this share of the seats on, a product is nearly full. */
const NEARLY_FULL = 0.9;

/**
 * Seats against the limit, in words and as a bar; what Atlassian says is taken counts, where it says. Below, those who take
 * them as they were counted, and how that differs.
 */
export function SeatBar({ figures }: { figures: ProductFigures }) {
  const { viewer } = useDesk();
  const { say } = useTexts();
  const { seats, seatsSaid, capacity } = figures;
  const taken = seatsSaid ?? seats;
  if (capacity === null || capacity === 0) {
    return (
      <div className="seat-bar">
        <span>{say('overview.seatsTaken', { count: taken })}</span>
        <SeatsBehind figures={figures} />
      </div>
    );
  }
  const share = Math.min(taken / capacity, 1);
  const tone = taken >= capacity ? 'full' : share >= NEARLY_FULL ? 'nearly' : 'free';
  const free = Math.max(capacity - taken, 0);
  return (
    <div className="seat-bar">
      <span>{say('overview.seatsOf', { taken, capacity, percent: percent(taken, capacity, viewer.locale) })}</span>
      <span className="seat-track" aria-hidden="true">
        <span data-tone={tone} style={{ width: `${share * 100}%` }} />
      </span>
      <span className="seat-note">
        {tone === 'full' ? say('overview.seatsFull') : say('overview.seatsFree', { count: free })}
      </span>
      <SeatsBehind figures={figures} />
    </div>
  );
}

function SeatsBehind({ figures }: { figures: ProductFigures }) {
  const { say, show } = useTexts();
  const { seats, seatsSaid } = figures;
  return (
    <span className="seat-note">
      {show('overview.countedSeats', { seats: <CountedSeats figures={figures} /> })}
      {seatsSaid !== null && seatsSaid !== seats && <> {sentence(seatDifference(figures, say))}</>}
    </span>
  );
}
