import type { ActivityKind, RosterColumn, RosterFilter, RowTruth, Seat } from '../../gen/types';
import type { Filter } from '../page/route';

/** What a page of people shows is its address: names and values, of which these may stand there several times. */
export const LISTS = [
  'status',
  'claim',
  'site',
  'product',
  'seat',
  'directory',
  'group',
  'domain',
  'kind',
  'role',
] as const;
export type ListName = (typeof LISTS)[number];

/** What stands there once. */
export type SingleName =
  | 'text'
  | 'activity'
  | 'days'
  | 'unused'
  | 'policy'
  | 'verdict'
  | 'stages'
  | 'stage'
  | 'shelter'
  | 'exemption'
  | 'list'
  | 'sort'
  | 'person';

/** Where each list of the address goes in the core's filter. */
const FIELD = {
  status: 'status',
  claim: 'claim',
  site: 'sites',
  product: 'products',
  seat: 'seats',
  directory: 'directories',
  group: 'groups',
  domain: 'domains',
  kind: 'accountType',
  role: 'roles',
} as const satisfies Record<ListName, keyof RosterFilter>;

export const ACTIVITIES = ['idle', 'never', 'active', 'unknown', 'none'] as const satisfies ActivityKind[];
/** Whether the access that is meant takes a paid seat. */
export const SEATS = ['taken', 'none', 'unknown'] as const satisfies Seat[];

export const VERDICTS = ['true', 'false', 'unknown'] as const satisfies RowTruth[];

/** Whether people are exempt or protected, by names of sets that the page gives to the core. */
export const SHELTERS = ['exempt', 'protected', 'neither'] as const;
export type Shelter = (typeof SHELTERS)[number];

/** The set of people whom somebody listed, which no address can hold. */
export const LISTED = 'listed';
/** The set of people whom somebody chose. */
export const CHOSEN = 'chosen';

/** The set of people who stand where the address asks for in a policy's stages. */
export const STAGED = 'staged';

/** The set of people whom nobody saw for so many days, or ever: two kinds of activity, of which a filter takes one. */
export const UNUSED = 'unused';
/** The set of people whom the exemption shelters that is asked for. */
export const EXEMPTION = 'exemption';

/** Idle means longer than this where nothing else is said, in days. */
export const IDLE_DAYS = 90;

export const COLUMNS = ['name', 'email', 'lastSeen', 'added', 'status', 'products'] as const satisfies RosterColumn[];

export interface Order {
  column: RosterColumn;
  descending: boolean;
}

export const valuesOf = (query: Filter, name: ListName): string[] =>
  query.filter(([known]) => known === name).map(([, value]) => value);

export const valueOf = (query: Filter, name: SingleName): string | undefined =>
  query.find(([known]) => known === name)?.[1];

/** The query with a value put in or taken out. */
export const toggled = (query: Filter, name: ListName, value: string): Filter => {
  const rest = query.filter(([known, other]) => known !== name || other !== value);
  return rest.length < query.length ? rest : [...query, [name, value]];
};

/** The query with other values of some names; `undefined` takes a name out. */
export function withValues(query: Filter, values: Partial<Record<SingleName, string | undefined>>): Filter {
  const rest = query.filter(([name]) => !(name in values));
  const added = Object.entries(values).flatMap(([name, value]): Filter => (value ? [[name, value]] : []));
  return [...rest, ...added];
}

/** The query without a facet, for counts that say what else could be chosen. */
export const without = (query: Filter, name: ListName): Filter => query.filter(([known]) => known !== name);

/** What is looked for, apart from order and the person whose panel is open. */
export const soughtIn = (query: Filter): Filter => query.filter(([name]) => name !== 'sort' && name !== 'person');

export function orderOf(query: Filter): Order {
  const text = valueOf(query, 'sort') ?? 'name';
  const column = COLUMNS.find((known) => known === text.replace(/^-/, ''));
  return column ? { column, descending: text.startsWith('-') } : { column: 'name', descending: false };
}

/** The order after a click on a heading: of a column that is sorted by already, the other way. */
export function turned(query: Filter, column: RosterColumn): Filter {
  const order = orderOf(query);
  const descending = order.column === column && !order.descending;
  return withValues(query, { sort: descending ? `-${column}` : column });
}

const isOneOf = <T extends string>(list: readonly T[], value: string | undefined): value is T =>
  (list as readonly (string | undefined)[]).includes(value);

/** The core's filter of a query. `documents` has the policies by their ids; one that is not there asks for nothing. */
export function rosterFilter(query: Filter, documents: ReadonlyMap<string, string>): RosterFilter {
  const filter: RosterFilter = {};
  for (const name of LISTS) {
    const values = valuesOf(query, name);
    if (values.length === 0) continue;
    if (name === 'seat') filter.seats = values.filter((value) => isOneOf(SEATS, value));
    else filter[FIELD[name]] = values;
  }
  const text = valueOf(query, 'text');
  if (text) filter.text = text;
  const activity = valueOf(query, 'activity');
  if (isOneOf(ACTIVITIES, activity)) filter.activity = { kind: activity, ...daysOf(query, activity) };
  const document = documents.get(valueOf(query, 'policy') ?? '');
  const verdict = valueOf(query, 'verdict');
  if (document !== undefined) filter.policy = { document, is: isOneOf(VERDICTS, verdict) ? verdict : 'true' };
  return { ...filter, ...setsOf(query) };
}

function daysOf(query: Filter, kind: ActivityKind): { days?: number } {
  const days = Number(valueOf(query, 'days') ?? Number.NaN);
  if (Number.isInteger(days) && days >= 0) return { days };
  return kind === 'idle' || kind === 'active' ? { days: IDLE_DAYS } : {};
}

function setsOf(query: Filter): Pick<RosterFilter, 'within' | 'without'> {
  const list = valueOf(query, 'list');
  const within = list === LISTED || list === CHOSEN ? [list] : [];
  if (valueOf(query, 'stages') !== undefined) within.push(STAGED);
  if (valueOf(query, 'unused') !== undefined) within.push(UNUSED);
  if (valueOf(query, 'exemption') !== undefined) within.push(EXEMPTION);
  const shelter = valueOf(query, 'shelter');
  if (shelter === 'neither') return { within, without: ['exempt', 'protected'] };
  return { within: isOneOf(SHELTERS, shelter) ? [...within, shelter] : within };
}
