import { CalendarDay } from '../shown/moment';
import { useTexts } from '../texts/use-texts';
import type { TrendPoint } from './trend';

/** The days of a trend in figures, the newest first. */
export function TrendTable({ points, of }: { points: TrendPoint[]; of: string }) {
  const { say, number } = useTexts();
  return (
    // A scrolled part must be reached by the keyboard.
    <div className="trend-table" tabIndex={0} role="region" aria-label={say('overview.trendTable', { place: of })}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('overview.day')}</th>
            <th scope="col">{say('overview.line.seats')}</th>
            <th scope="col">{say('overview.line.active')}</th>
            <th scope="col">{say('overview.line.unused')}</th>
            <th scope="col">{say('overview.line.capacity')}</th>
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map((point) => (
            <tr key={point.day}>
              <th scope="row">
                <CalendarDay at={point.day} />
                {point.suspect && <span className="trend-doubted"> {say('overview.doubted')}</span>}
              </th>
              <td>{number(point.seats)}</td>
              <td>{number(point.active)}</td>
              <td>{number(point.idle + point.never)}</td>
              <td>{point.capacity === undefined ? '–' : number(point.capacity)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
