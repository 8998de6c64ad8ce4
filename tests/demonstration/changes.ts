import { isDeepStrictEqual } from 'node:util';
import type { CloudUser } from './cloud.ts';

/** What a suspension changes about a person. */
const suspension = { status: 'suspended', membershipStatus: 'suspended' };

/** The difference between two looks at the organization. */
export interface Changes {
  /** Active before, suspended after, and the same in everything else. */
  suspended: Set<string>;
  /** Every other difference, in words. */
  others: string[];
}

export function changesBetween(before: CloudUser[], after: CloudUser[]): Changes {
  const changes: Changes = { suspended: new Set(), others: [] };
  const later = new Map(after.map((user) => [user.accountId, user]));
  for (const user of before) {
    const now = later.get(user.accountId);
    later.delete(user.accountId);
    if (isDeepStrictEqual(user, now)) continue;
    const wasActive = user['membershipStatus'] === 'active';
    if (wasActive && now && isDeepStrictEqual(without(user), without(now)) && isSuspended(now)) {
      changes.suspended.add(user.accountId);
    } else {
      changes.others.push(`${user.accountId} changed from ${JSON.stringify(user)} to ${JSON.stringify(now)}`);
    }
  }
  for (const accountId of later.keys()) changes.others.push(`${accountId} was not there before`);
  return changes;
}

/** Everything that a suspension must leave as it was. */
function without(user: CloudUser): object {
  return Object.fromEntries(Object.entries(user).filter(([field]) => !(field in suspension)));
}

/** A field that the organization does not show for this person says nothing, before and after. */
function isSuspended(user: CloudUser): boolean {
  return Object.entries(suspension).every(([field, value]) => (user[field] ?? value) === value);
}
