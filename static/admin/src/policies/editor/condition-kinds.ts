import { isObject, isTexts, type Json, type JsonObject } from '../json';
import type { NameKind } from './draft';

/** How one part of a condition is edited. */
interface PartOf {
  as: 'span' | 'texts' | 'text' | 'choice' | 'choices' | 'flag';
  /** What the snapshot knows of it. */
  names?: NameKind;
  choices?: readonly Choice[];
  optional?: boolean;
}

export type Choice =
  | 'active'
  | 'suspended'
  | 'not_invited'
  | 'deactivated'
  | 'for_deletion'
  | 'managed'
  | 'external'
  | 'atlassian'
  | 'app'
  | 'customer'
  | 'idp'
  | 'admins'
  | 'jobTitle'
  | 'department'
  | 'organization'
  | 'location';

export type PartName =
  | 'longerThan'
  | 'addedMoreThan'
  | 'within'
  | 'moreThan'
  | 'lessThan'
  | 'products'
  | 'sites'
  | 'billable'
  | 'field'
  | 'name'
  | 'is'
  | 'value';

export interface Part extends PartOf {
  /** The field within the condition; `value` is the condition's own value. */
  name: PartName;
}

const span = (name: PartName, optional = false): Part => ({ name, as: 'span', optional });
const names = (kind?: NameKind): Part => ({ name: 'value', as: 'texts', ...(kind && { names: kind }) });
const choices = (...of: Choice[]): Part => ({ name: 'value', as: 'choices', choices: of });
const choice = (...of: Choice[]): Part => ({ name: 'value', as: 'choice', choices: of });
const products: Part = { name: 'products', as: 'texts', names: 'products', optional: true };
const sites: Part = { name: 'sites', as: 'texts', names: 'sites', optional: true };
const is: Part = { name: 'is', as: 'texts' };

/** What the form knows of each condition, and what a new one begins with. Whether it is right only the core says. */
export const KINDS = {
  all: { parts: [], start: [{ status: ['active'] }] },
  any: { parts: [], start: [{ status: ['active'] }] },
  not: { parts: [], start: { group: [] } },
  idle: { parts: [span('longerThan'), products, sites], start: { longerThan: '90d' } },
  neverActive: { parts: [span('addedMoreThan'), products, sites], start: { addedMoreThan: '14d' } },
  onlyOnce: {
    parts: [span('within'), span('addedMoreThan'), products, sites],
    start: { within: '1d', addedMoreThan: '30d' },
  },
  added: { parts: [span('moreThan', true), span('lessThan', true)], start: { moreThan: '30d' } },
  status: {
    parts: [choices('active', 'suspended', 'not_invited', 'deactivated', 'for_deletion')],
    start: ['active'],
  },
  account: { parts: [choice('managed', 'external')], start: 'external' },
  accountType: { parts: [choices('atlassian', 'app', 'customer')], start: ['atlassian'] },
  managedBy: { parts: [choice('idp', 'admins')], start: 'admins' },
  mfa: { parts: [{ name: 'value', as: 'flag' }], start: false },
  group: { parts: [names('groups')], start: [] },
  role: { parts: [names()], start: [] },
  directory: { parts: [names('directories')], start: [] },
  email: { parts: [names()], start: [] },
  emailDomain: { parts: [names('domains')], start: [] },
  access: { parts: [products, sites, { name: 'billable', as: 'flag', optional: true }], start: {} },
  profile: {
    parts: [{ name: 'field', as: 'choice', choices: ['jobTitle', 'department', 'organization', 'location'] }, is],
    start: { field: 'department', is: [] },
  },
  listed: { parts: [{ name: 'value', as: 'text' }], start: '' },
  field: { parts: [{ name: 'name', as: 'text' }, is], start: { name: '', is: [] } },
} as const satisfies Record<string, { parts: readonly Part[]; start: Json }>;

export type Kind = keyof typeof KINDS;
export const KIND_NAMES = Object.keys(KINDS) as Kind[];

export const partsOf = (kind: Kind): readonly Part[] => KINDS[kind].parts;
export const startOf = (kind: Kind): JsonObject => ({ [kind]: structuredClone(KINDS[kind].start) });

/** Which condition it is, where the form can show all of it; one that it cannot is edited as JSON. */
export function kindOf(condition: Json): Kind | undefined {
  if (!isObject(condition)) return undefined;
  const [entry, ...more] = Object.entries(condition);
  if (!entry || more.length > 0) return undefined;
  const [name, value] = entry;
  const kind = KIND_NAMES.find((known) => known === name);
  return kind && holds(kind, value) ? kind : undefined;
}

function holds(kind: Kind, value: Json): boolean {
  if (kind === 'all' || kind === 'any') return Array.isArray(value);
  if (kind === 'not') return isObject(value);
  const parts = partsOf(kind);
  const [only] = parts;
  if (only?.name === 'value') return fits(only, value);
  if (!isObject(value)) return false;
  return (
    Object.keys(value).every((field) => parts.some(({ name }) => name === field)) &&
    parts.every((part) => value[part.name] === undefined || fits(part, value[part.name] ?? null))
  );
}

function fits({ as, name }: Part, value: Json): boolean {
  switch (as) {
    case 'flag':
      return typeof value === 'boolean';
    case 'texts':
      return isTexts(value) || (name === 'is' && typeof value === 'string');
    case 'choices':
      return isTexts(value);
    default:
      return typeof value === 'string';
  }
}
