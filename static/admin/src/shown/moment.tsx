import { useDesk } from '../page/desk';
import { dateFormat } from './date-format';

/** A time in the viewer's zone, with UTC on hover. */
export const Moment = ({ at }: { at: string }) => (
  <Instant at={at} style={{ dateStyle: 'medium', timeStyle: 'short' }} />
);

/** Only the date, for activity, whose time of day means little. */
export const Day = ({ at }: { at: string }) => <Instant at={at} style={{ dateStyle: 'medium' }} />;

function Instant({ at, style }: { at: string; style: Intl.DateTimeFormatOptions }) {
  const { viewer } = useDesk();
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return <>{at}</>;
  const { locale, timeZone } = viewer;
  return (
    <time
      dateTime={at}
      title={time
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z$/, ' UTC')}
    >
      {dateFormat(locale, { ...style, timeZone }).format(time)}
    </time>
  );
}

/** A day of the calendar, told as an instant in UTC: the same day for every viewer. */
export function CalendarDay({ at }: { at: string }) {
  const { viewer } = useDesk();
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return <>{at}</>;
  return (
    <time dateTime={time.toISOString().slice(0, 10)}>
      {dateFormat(viewer.locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(time)}
    </time>
  );
}
