import type { NewsItem } from '../../gen/types';

const keyOf = (account: string): string => `seatkeeper.news.${account}`;

/** When the newest news was noted that somebody has seen in this browser; `undefined` where they have seen none. */
export function readLastSeen(storage: Pick<Storage, 'getItem'> | undefined, account: string): string | undefined {
  try {
    return storage?.getItem(keyOf(account)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps it; where the browser does not let the page, what was seen counts as long as the page is open. */
export function writeLastSeen(storage: Pick<Storage, 'setItem'> | undefined, account: string, at: string): void {
  try {
    storage?.setItem(keyOf(account), at);
  } catch {
    // A storage that is full keeps nothing.
  }
}

/**
 * How many were noted after the last that was seen. The times are the app's own, so that a browser's clock that is wrong
 * changes nothing.
 */
export const unseen = (items: readonly Pick<NewsItem, 'at'>[], lastSeen: string | undefined): number =>
  items.filter(({ at }) => isNew(at, lastSeen)).length;

/** Whether it was noted after the last that was seen; without one, it was. */
export const isNew = (at: string, lastSeen: string | undefined): boolean =>
  lastSeen === undefined || !(Date.parse(at) <= Date.parse(lastSeen));
