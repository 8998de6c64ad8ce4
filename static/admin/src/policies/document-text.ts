import type { Policy } from '../../gen/types';
import type { Json, JsonObject } from './json';

/** The order in which people write a policy; storage keeps none. */
const ORDER = [
  'version',
  'id',
  'name',
  'description',
  'enabled',
  'match',
  'keep',
  'stages',
  'limits',
  'approval',
  'schedule',
  'report',
  'tolerance',
  'confirm',
  'unreachable',
  'evenIfActive',
] as const satisfies (keyof Policy)[];

/** The longest line that a list or object is written on whole. */
const LINE = 80;

/** A stored policy as a document to edit: in reading order, short parts on one line. */
export function documentText(policy: Policy | JsonObject): string {
  const fields = Object.entries(policy).sort(([a], [b]) => placeOf(a) - placeOf(b)) as [string, Json][];
  return `${written(Object.fromEntries(fields), 0)}\n`;
}

/** Fields that a newer core knows come last. */
function placeOf(field: string): number {
  const place = (ORDER as readonly string[]).indexOf(field);
  return place < 0 ? ORDER.length : place;
}

/** A part of a document, as it stands in one. */
export const partText = (value: Json): string => written(value, 0);

function written(value: Json, depth: number): string {
  const short = onOneLine(value);
  const indented = (lines: string[]) => lines.map((line) => '  '.repeat(depth + 1) + line).join(',\n');
  const end = '  '.repeat(depth);
  if (value === null || typeof value !== 'object' || (depth > 0 && short.length <= LINE)) return short;
  if (Array.isArray(value)) return `[\n${indented(value.map((item) => written(item, depth + 1)))}\n${end}]`;
  const fields = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${written(item, depth + 1)}`);
  return `{\n${indented(fields)}\n${end}}`;
}

function onOneLine(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  const fields = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${onOneLine(item)}`);
  return fields.length > 0 ? `{ ${fields.join(', ')} }` : '{}';
}
