import { useDesk } from '../page/desk';

/** A time in the viewer's zone, with UTC on hover. */
export function Moment({ at }: { at: string }) {
  const { viewer } = useDesk();
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return <>{at}</>;
  const text = time.toLocaleString(viewer.locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: viewer.timeZone,
  });
  return (
    <time
      dateTime={at}
      title={time
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z$/, ' UTC')}
    >
      {text}
    </time>
  );
}

/** Only the date, for activity, whose time of day means little. */
export function Day({ at }: { at: string }) {
  const { viewer } = useDesk();
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return <>{at}</>;
  return (
    <time
      dateTime={at}
      title={time
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z$/, ' UTC')}
    >
      {time.toLocaleDateString(viewer.locale, { dateStyle: 'medium', timeZone: viewer.timeZone })}
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
      {time.toLocaleDateString(viewer.locale, { dateStyle: 'medium', timeZone: 'UTC' })}
    </time>
  );
}
