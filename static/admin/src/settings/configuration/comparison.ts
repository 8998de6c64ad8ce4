import type { Settings } from '../../../gen/types';
import type { Configuration, ExportedExemption } from './configuration';

/** What an import would do with one policy. */
export interface PolicyChange {
  id: string;
  name: string;
  change: 'new' | 'other' | 'same' | 'onlyHere';
}

/** What an import would change, as far as the two texts tell. */
export interface Comparison {
  settings: SettingName[];
  policies: PolicyChange[];
  exemptions: { added: number; known: number };
  lists: { added: string[]; known: string[] };
  people: number;
  months: number;
}

/** A setting that an import brings: whether everything is stopped, and who changed a limit, stay as they are here. */
export type SettingName = Exclude<keyof Settings, 'stopped' | 'limitsEdited' | 'rolesEdited' | 'fieldsEdited'>;

/** All of them, in the order in which they are shown; one that is missing does not compile. */
const SHOWN: Record<SettingName, true> = {
  percentPerDay: true,
  coverage: true,
  protect: true,
  roles: true,
  approvalIssues: true,
  requests: true,
  retentionDays: true,
  anchorIssue: true,
  notices: true,
  onLogIn: true,
  experiments: true,
  prices: true,
  fields: true,
  blackOuts: true,
};

const isSetting = (name: string): name is SettingName => name in SHOWN;
const SETTINGS = Object.keys(SHOWN).filter(isSetting);

/** What a text would change of what is here, by the app's own rules: settings that it names are replaced, policies too, and the rest is added. */
export function compared(now: Configuration, then: Configuration): Comparison {
  return {
    settings: SETTINGS.filter((name) => name in then.settings && !isSame(now.settings[name], then.settings[name])),
    policies: policiesOf(now, then),
    exemptions: exemptionsOf(now, then),
    lists: {
      added: then.lists.filter(({ name }) => !has(now, name)).map(({ name }) => name),
      known: then.lists.filter(({ name }) => has(now, name)).map(({ name }) => name),
    },
    people: then.people.length,
    months: then.trend.length,
  };
}

function policiesOf(now: Configuration, then: Configuration): PolicyChange[] {
  const coming = then.policies.map((policy): PolicyChange => {
    const { id, name } = policy;
    const known = now.policies.find((each) => each.id === id);
    return { id, name, change: known ? (isSame(known, policy) ? 'same' : 'other') : 'new' };
  });
  const staying = now.policies.filter(({ id }) => !coming.some((each) => each.id === id));
  return [...coming, ...staying.map(({ id, name }): PolicyChange => ({ id, name, change: 'onlyHere' }))];
}

/** One that is over comes not in, and gives way here. */
function exemptionsOf(now: Configuration, then: Configuration): Comparison['exemptions'] {
  const isInForce = ({ expires }: ExportedExemption) => !expires || Date.parse(expires) > Date.parse(now.made);
  const here = now.exemptions.filter(isInForce);
  return parted(then.exemptions.filter(isInForce), (exemption) => isKnown(here, exemption));
}

const has = (configuration: Configuration, name: string): boolean =>
  configuration.lists.some((list) => list.name === name);

const isKnown = (known: ExportedExemption[], { subject }: ExportedExemption): boolean =>
  known.some((each) => isSame(each.subject, subject));

function parted<T>(things: T[], isHere: (thing: T) => boolean): { added: number; known: number } {
  const known = things.filter(isHere).length;
  return { added: things.length - known, known };
}

/** Whether two values of JSON say the same; what is absent is the same as nothing, and an empty list. */
function isSame(one: unknown, other: unknown): boolean {
  return said(one) === said(other);
}

const said = (value: unknown): string => JSON.stringify([ordered(value)]);

/** The same value with its keys in one order, and without what says nothing. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((each) => ordered(each) ?? null);
  if (typeof value !== 'object') return value;
  if (value === null) return undefined;
  const entries = Object.entries(value)
    .map(([key, inner]): [string, unknown] => [key, ordered(inner)])
    .filter(([, inner]) => inner !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries);
}
