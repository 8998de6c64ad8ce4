import type { OrganizationBlackOuts, Schedule } from '../../gen/types';
import type { Say } from '../texts/texts';

type BlackOut = NonNullable<OrganizationBlackOuts['except']>[number];

/** The windows in which a timetable starts nothing. */
export const blackOutsOf = (schedule: Schedule | null | undefined): BlackOut[] =>
  schedule && 'every' in schedule ? (schedule.except ?? []) : [];

/** The days of the week as a policy writes them, from a Monday on. */
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;

/** A window in words: a day of the week, or dates from the first to the last. */
function windowText(window: BlackOut, locale: string, say: Say): string {
  if (typeof window !== 'string') {
    const date = (day: string) => new Date(day).toLocaleDateString(locale, { dateStyle: 'medium', timeZone: 'UTC' });
    return say('shown.fromTo', { from: date(window.from), to: date(window.to) });
  }
  const day = WEEKDAYS.indexOf(window);
  if (day < 0) return window;
  return new Date(MONDAY + day * DAY).toLocaleDateString(locale, { weekday: 'long', timeZone: 'UTC' });
}

/** Windows in words, one after the other. */
export const windowsText = (windows: BlackOut[], locale: string, say: Say): string =>
  new Intl.ListFormat(locale).format(windows.map((window) => windowText(window, locale, say)));
