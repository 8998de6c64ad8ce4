import type { Exemption } from '../../gen/types';
import type { CommandOf } from '../protocol';
import { csv } from '../shown/csv';
import { readTable } from './read-table';
import { KINDS, idOf, subjectIn } from './subject-id';

/** The columns of the file, in their order; the name is there for readers and is not read back. */
const COLUMNS = ['kind', 'subject', 'name', 'reason', 'owner', 'expires', 'policies'] as const;
type Column = (typeof COLUMNS)[number];

/** Between the policies in their cell. */
const BETWEEN = ' ';

/** All exemptions as a file that can be read back. */
export const tableOf = (exemptions: readonly Exemption[]): string =>
  csv([[...COLUMNS], ...exemptions.map((exemption) => COLUMNS.map((column) => cellOf(exemption, column)))]);

function cellOf(exemption: Exemption, column: Column): string {
  switch (column) {
    case 'kind':
      return exemption.subject.kind;
    case 'subject':
      return idOf(exemption.subject);
    case 'name':
      return exemption.name ?? '';
    case 'reason':
      return exemption.reason;
    case 'owner':
      return exemption.owner ?? '';
    case 'expires':
      return exemption.expires?.slice(0, 10) ?? '';
    case 'policies':
      return exemption.policies.join(BETWEEN);
  }
}

/** Why a row says no exemption, before anybody is asked. */
export type Flaw = 'kind' | 'subject' | 'reason';

/** A row of a file. */
export interface Row {
  /** Where it begins in the file, from 1. */
  line: number;
  /** As it is written, by columns. */
  cells: Record<Column, string>;
  order: CommandOf<'addExemption'> | Flaw;
}

/** The columns that a file must have. */
export const NEEDED = ['kind', 'subject', 'reason'] as const satisfies Column[];

/** The rows of a file; the names of the columns that it lacks where it is none of ours. */
export function rowsOf(text: string): { rows: Row[]; lacks: string[] } {
  const [head, ...lines] = readTable(text);
  const names = head?.cells.map((name) => name.toLowerCase()) ?? [];
  const lacks = NEEDED.filter((name) => !names.includes(name));
  if (lacks.length > 0) return { rows: [], lacks };
  const rows = lines.map(({ line, cells }): Row => {
    const byColumn = Object.fromEntries(
      COLUMNS.map((column) => [column, cells[names.indexOf(column)] ?? '']),
    ) as Row['cells'];
    return { line, cells: byColumn, order: orderOf(byColumn) };
  });
  return { rows, lacks: [] };
}

function orderOf({ kind, subject, reason, owner, expires, policies }: Row['cells']): Row['order'] {
  const known = KINDS.find((each) => each.toLowerCase() === kind.toLowerCase());
  if (!known) return 'kind';
  if (!subject) return 'subject';
  if (!reason) return 'reason';
  const only = policies.split(/[\s;,]+/).filter(Boolean);
  return {
    command: 'addExemption',
    subject: subjectIn(known, subject),
    reason,
    owner: owner || null,
    expires: expires || null,
    policies: only.length > 0 ? only : null,
  };
}

/** What was refused, to be corrected and read again. */
export const refusedTable = (refused: readonly { row: Row; why: string }[]): string =>
  csv([
    [...COLUMNS, 'refused'],
    ...refused.map(({ row, why }) => [...COLUMNS.map((column) => row.cells[column]), why]),
  ]);
