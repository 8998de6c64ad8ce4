import type { FieldDefinition, PersonFields } from '../../../gen/types';
import { readTable } from '../../exemptions/read-table';

/** The columns that say who somebody is; the first that a row fills in counts. */
const WHO = ['account', 'email'];
const NOTE = 'note';

/** A row of a file with values of people. */
export interface ValueRow {
  /** Where it begins in the file, from 1. */
  line: number;
  /** An account id or an e-mail address, as it is written. */
  who: string;
  values: { field: FieldDefinition; value: string }[];
  note: string | undefined;
}

/** What a file holds: its rows, and which columns say nothing. */
export interface ValueTable {
  rows: ValueRow[];
  columns: string[];
  ignored: string[];
}

/** Why a row sets nothing, before anybody is asked, and in which column. */
export interface ValueFlaw {
  flaw: 'who' | 'nobody' | 'date' | 'choice' | 'nothing';
  column?: string;
}

/** A row that sets nothing. */
export interface FlawedRow extends ValueFlaw {
  row: ValueRow;
}

const same = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();

/** The rows of a file; nothing where no column says who somebody is. */
export function valuesIn(text: string, fields: readonly FieldDefinition[]): ValueTable | undefined {
  const [head, ...lines] = readTable(text);
  const names = head?.cells ?? [];
  const who = WHO.flatMap((name) => names.flatMap((each, place) => (same(each, name) ? [place] : [])));
  if (who.length === 0) return undefined;
  const note = names.findIndex((name) => same(name, NOTE));
  const known = names.flatMap((name, place) => {
    const field = fields.find((each) => same(each.name, name));
    return field && !who.includes(place) && place !== note ? [{ place, field }] : [];
  });
  const used = new Set([...who, note, ...known.map(({ place }) => place)]);
  return {
    rows: lines.map(({ line, cells }) => ({
      line,
      who: who.map((place) => cells[place] ?? '').find(Boolean) ?? '',
      values: known.map(({ place, field }) => ({ field, value: cells[place] ?? '' })),
      note: note < 0 ? undefined : (cells[note] ?? ''),
    })),
    columns: [...known.map(({ field }) => field.name), ...(note < 0 ? [] : [NOTE])],
    ignored: names.filter((name, place) => name && !used.has(place)),
  };
}

/** The e-mail addresses by which a file names people. */
export const addressesIn = (rows: readonly ValueRow[]): string[] =>
  rows.filter(({ who }) => isAddress(who)).map(({ who }) => who.toLowerCase());

const isAddress = (who: string): boolean => who.includes('@');

/** What a row sets, or why it sets nothing. `accounts` has the account ids of addresses. */
export function orderOf(
  { who, values, note }: ValueRow,
  accounts: ReadonlyMap<string, string>,
  emptyTakesAway: boolean,
): PersonFields | ValueFlaw {
  if (!who) return { flaw: 'who' };
  const account = isAddress(who) ? accounts.get(who.toLowerCase()) : who;
  if (!account) return { flaw: 'nobody' };
  for (const { field, value } of values) {
    const flaw = value && flawOf(field, value);
    if (flaw) return { flaw, column: field.name };
  }
  const says = (text: string | undefined) => text !== undefined && (text !== '' || emptyTakesAway);
  const set = values.filter(({ value }) => says(value));
  if (set.length === 0 && !says(note)) return { flaw: 'nothing' };
  return {
    account,
    values: set.map(({ field, value }) => [field.name, value]),
    note: says(note) ? (note ?? null) : null,
  };
}

function flawOf({ kind, choices }: FieldDefinition, value: string): 'date' | 'choice' | undefined {
  if (kind === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(value) ? undefined : 'date';
  return kind === 'choice' && !choices.includes(value) ? 'choice' : undefined;
}
