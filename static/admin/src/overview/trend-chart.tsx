import { useDesk } from '../page/desk';
import { useTexts } from '../texts/use-texts';
import type { TrendPoint } from './trend';

const WIDTH = 640;
const HEIGHT = 240;
const LEFT = 48;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 28;
const DAY = 86_400_000;

const LINES = ['seats', 'active', 'unused', 'capacity'] as const;
type Line = (typeof LINES)[number];

const VALUE: Record<Line, (point: TrendPoint) => number | undefined> = {
  seats: (point) => point.seats,
  active: (point) => point.active,
  unused: (point) => point.idle + point.never,
  capacity: (point) => point.capacity,
};

const timeOf = ({ day }: TrendPoint): number => Date.parse(day);

/** A round number that nothing drawn is above. */
function ceiling(highest: number): number {
  const step = 10 ** Math.max(Math.floor(Math.log10(Math.max(highest, 1))), 0);
  return Math.max(Math.ceil(highest / step) * step, 4);
}

/**
 * The days of a trend as lines that differ in their dashes and not in colour alone. The figures stand in the table beside it,
 * which is what a screen reader reads; here it is told from where to where the seats went.
 */
export function TrendChart({ points, of }: { points: TrendPoint[]; of: string }) {
  const { viewer } = useDesk();
  const { say, number } = useTexts();
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const from = timeOf(first);
  const span = Math.max(timeOf(last) - from, DAY);
  const top = ceiling(Math.max(...points.flatMap((point) => LINES.map((line) => VALUE[line](point) ?? 0))));
  const x = (point: TrendPoint) => LEFT + ((timeOf(point) - from) / span) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM);
  const path = (line: Line) =>
    points
      .flatMap((point) => {
        const value = VALUE[line](point);
        return value === undefined ? [] : [`${x(point).toFixed(1)},${y(value).toFixed(1)}`];
      })
      .join(' ');
  const date = (point: TrendPoint) =>
    new Date(point.day).toLocaleDateString(viewer.locale, { dateStyle: 'medium', timeZone: 'UTC' });
  return (
    <figure className="trend-figure">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={say('overview.trendSummary', {
          place: of,
          from: first.seats,
          to: last.seats,
          first: date(first),
          last: date(last),
        })}
      >
        {[0, top / 2, top].map((value) => (
          <g key={value}>
            <line className="trend-grid" x1={LEFT} x2={WIDTH - RIGHT} y1={y(value)} y2={y(value)} />
            <text className="trend-axis" x={LEFT - 8} y={y(value) + 4} textAnchor="end">
              {number(value)}
            </text>
          </g>
        ))}
        <text className="trend-axis" x={LEFT} y={HEIGHT - 6}>
          {date(first)}
        </text>
        <text className="trend-axis" x={WIDTH - RIGHT} y={HEIGHT - 6} textAnchor="end">
          {date(last)}
        </text>
        {LINES.map((line) => (
          <polyline key={line} className="trend-line" data-line={line} points={path(line)} />
        ))}
      </svg>
      <figcaption>
        <ul className="trend-legend">
          {LINES.map((line) => (
            <li key={line}>
              <svg viewBox="0 0 24 8" aria-hidden="true">
                <line className="trend-line" data-line={line} x1="0" x2="24" y1="4" y2="4" />
              </svg>
              {say(`overview.line.${line}`)}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}
