import type { ProductFigures } from '../../gen/types';
import { Link } from '../shown/link';
import { useTexts } from '../texts/use-texts';
import { seatsOf } from './people-of';

/** How many people take a seat, and of how many that is not known, each with the people behind the number. */
export function CountedSeats({ figures }: { figures: ProductFigures }) {
  const { say, show, number } = useTexts();
  const { seats, seatsUnknown } = figures;
  const taken = <Link to={seatsOf(figures, 'taken')}>{number(seats)}</Link>;
  if (seatsUnknown === 0) return taken;
  return (
    <span>
      {show('overview.seatsAndUnknown', {
        seats: taken,
        people: <Link to={seatsOf(figures, 'unknown')}>{say('shown.people', { count: seatsUnknown })}</Link>,
      })}
    </span>
  );
}
