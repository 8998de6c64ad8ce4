/** One person of the organization, from the seed and their place alone. */
import type { ApiAccess, ApiGroup, ApiUser } from './api-user.ts';
import { type Day, type Habit, NOW, habit, lastUse } from './activity.ts';
import { FIRST_NAMES, JOB_TITLES, LAST_NAMES, PLACES, plain } from './names.ts';
import {
  COMPANY_DOMAINS,
  DEPARTMENTS,
  type Department,
  GROUPS,
  PARTNER_DOMAINS,
  PRODUCTS,
  SITES,
  type Site,
} from './organization.ts';
import { Random, at } from './random.ts';

const DAY = 86_400_000;

export function person(seed: number, place: number, day: Day): ApiUser {
  const random = new Random(seed, place);
  const department = at(DEPARTMENTS, random.ranked(DEPARTMENTS.length));
  const external = random.chance(0.15);
  const ways = habit(random);
  const { name, nickname, email } = names(random, place, external);
  const accountId = accountIdOf(random);
  const home = at(PLACES, random.below(PLACES.length));
  return {
    accountId,
    accountType: 'atlassian',
    ...states(random, ways),
    claimStatus: external ? 'unmanaged' : 'managed',
    managementSource: external ? null : random.chance(0.8) ? 'synced' : 'invited',
    name,
    nickname,
    ...(external && random.chance(0.04) ? {} : { email }),
    emailVerified: random.chance(0.98),
    ...(random.chance(0.995) ? { addedToOrg: added(random, ways) } : {}),
    ...(random.chance(0.99) ? { mfaEnabled: random.chance(external ? 0.5 : 0.85) } : {}),
    ...(random.chance(0.9) ? { jobTitle: random.pick(JOB_TITLES) } : {}),
    ...(random.chance(0.85) ? { department: department.name } : {}),
    organization: external ? 'Partners' : 'Acme',
    location: home.location,
    timeZone: home.timeZone,
    avatar: `https://avatars.example/${accountId}/${random.hex(12)}/48`,
    picture: `https://avatars.example/${accountId}/${random.hex(12)}/128`,
    platformRoles: roles(random),
    productAccess: access(random, department.site, ways, day, [seed, place]),
    groups: groups(random, department),
    links: { self: random.hex(22) },
  };
}

function names(
  random: Random,
  place: number,
  external: boolean,
): Pick<ApiUser, 'name' | 'nickname'> & { email: string } {
  const [first, last] = [random.pick(FIRST_NAMES), random.pick(LAST_NAMES)];
  const name = `${first} ${last}`;
  // The first few thousand have their names to themselves.
  const local = `${plain(first)}.${plain(last)}${place < 2000 ? '' : String(place)}`;
  const domains = external ? PARTNER_DOMAINS : COMPANY_DOMAINS;
  const service = random.chance(0.004) ? 'svc-' : '';
  return { name, nickname: first, email: `${service}${local}@${at(domains, random.ranked(domains.length))}` };
}

/** The newer spelling with a region before it, and the older one. */
function accountIdOf(random: Random): string {
  if (random.chance(0.2)) return `5${random.hex(23)}`;
  return `712020:${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-9${random.hex(3)}-${random.hex(12)}`;
}

const STATES = {
  active: { status: 'active', accountStatus: 'active', membershipStatus: 'active' },
  suspended: { status: 'suspended', accountStatus: 'active', membershipStatus: 'suspended' },
  deactivated: { status: 'deactivated', accountStatus: 'inactive', membershipStatus: 'no_membership' },
  for_deletion: { status: 'for_deletion', accountStatus: 'closed', membershipStatus: 'no_membership' },
} as const;

function states(random: Random, ways: Habit): (typeof STATES)[keyof typeof STATES] {
  const lot = random.next();
  if (ways.kind === 'regular' || lot < 0.75) return STATES.active;
  if (lot < 0.91) return STATES.suspended;
  return lot < 0.98 ? STATES.deactivated : STATES.for_deletion;
}

/** Before the last activity; one in twenty of those who left did so on their first day. */
function added(random: Random, ways: Habit): string {
  const daysBefore = random.chance(0.05) ? random.next() * 0.9 : 3 + random.next() * 1800;
  const lastSeen = ways.kind === 'gone' ? ways.daysAgo : random.chance(0.04) ? random.next() * 60 : 60;
  return new Date(Date.parse(NOW) - Math.floor((lastSeen + daysBefore) * DAY)).toISOString();
}

function roles(random: Random): string[] {
  const lot = random.next();
  if (lot < 0.0005) return ['atlassian/org-admin'];
  if (lot < 0.004) return ['atlassian/site-admin', 'atlassian/user-access-admin'];
  return lot < 0.01 ? ['atlassian/user-access-admin'] : [];
}

/** The products of the department's site, sometimes another site's too: three on average. */
function access(random: Random, home: Site, ways: Habit, day: Day, who: readonly number[]): ApiAccess[] {
  const held: [Site, (typeof PRODUCTS)[number]][] = [[home, 'jira-software']];
  if (random.chance(0.92)) held.push([home, 'confluence']);
  if (random.chance(0.45)) held.push([home, 'jira-servicedesk']);
  const other = random.pick(SITES);
  if (other !== home) {
    if (random.chance(0.5)) held.push([other, 'jira-software']);
    if (random.chance(0.35)) held.push([other, 'confluence']);
  }
  return held.map(([site, key], number) => ({
    id: `ari:cloud:${key}::site/${site.cloudId}`,
    key,
    ...timestamp(lastUse(ways, day, who, number), random),
  }));
}

/** Nine fraction digits, as the API writes them. */
function timestamp(used: number | null | undefined, random: Random): Pick<ApiAccess, 'lastActiveTimestamp'> {
  if (used === undefined) return {};
  if (used === null) return { lastActiveTimestamp: null };
  const fraction = String(random.below(1e9)).padStart(9, '0');
  return { lastActiveTimestamp: `${new Date(used).toISOString().slice(0, 19)}.${fraction}Z` };
}

/** One of the department's sets; few have a group of their own besides. */
function groups(random: Random, department: Department): ApiGroup[] {
  const shared = at(department.groupSets, random.ranked(department.groupSets.length));
  if (!random.chance(0.12)) return [...shared];
  const own = at(GROUPS, 16 + random.ranked(GROUPS.length - 16));
  return shared.includes(own) ? [...shared] : [...shared, own];
}
