/** A policy as an SQL expression over a row of `users`: 1, 0 or NULL for unknown. */
import { type Condition, type Policy, type Selection, cheapFirst } from '../policies/language.ts';
import { before, seconds } from '../policies/spans.ts';
import { lower } from './patterns.ts';

export function expression(policy: Policy, now: number): string {
  return new Translator(now, policy.tolerance ?? '24h').condition(policy.match);
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const list = (texts: readonly string[]) => texts.map(quoted).join(', ');

/** SQLite's globs know more signs than `*`: the others stand for themselves. */
const glob = (pattern: string) => quoted(pattern.replace(/[?[]/g, '[$&]'));

function fitsAny(column: string, patterns: readonly string[]): string {
  const exact = patterns.filter((pattern) => !pattern.includes('*'));
  const globs = patterns.filter((pattern) => pattern.includes('*')).map((pattern) => `${column} GLOB ${glob(pattern)}`);
  return `(${[...(exact.length > 0 ? [`${column} IN (${list(exact)})`] : []), ...globs].join(' OR ')})`;
}

/** A person's selected accesses, found by the key of the table. */
function selected({ products, sites }: Selection): string {
  const product = products ? ` AND product IN (${list(products)})` : '';
  const site = sites ? ` AND site IN (${list(sites)})` : '';
  return `FROM accesses WHERE user = users.id${product}${site}`;
}

class Translator {
  readonly #now: number;
  readonly #tolerance: string;

  constructor(now: number, tolerance: string) {
    this.#now = now;
    this.#tolerance = tolerance;
  }

  condition(condition: Condition): string {
    if ('all' in condition) return this.#joined(condition.all, ' AND ');
    if ('any' in condition) return this.#joined(condition.any, ' OR ');
    if ('not' in condition) return `NOT (${this.condition(condition.not)})`;
    if ('added' in condition) return this.#added(condition.added);
    if ('idle' in condition) {
      const { longerThan, ...selection } = condition.idle;
      return idle(before(this.#tolerance, before(longerThan, this.#now)), selected(selection));
    }
    if ('neverActive' in condition) {
      const { addedMoreThan, ...selection } = condition.neverActive;
      return `(added < ${before(addedMoreThan, this.#now)} AND ${never(selected(selection))})`;
    }
    if ('onlyOnce' in condition) {
      const { within, addedMoreThan, ...selection } = condition.onlyOnce;
      return onlyOnce(seconds(within), before(addedMoreThan, this.#now), selected(selection));
    }
    return leaf(condition);
  }

  #joined(conditions: Condition[], word: string): string {
    return `(${cheapFirst(conditions)
      .map((condition) => this.condition(condition))
      .join(word)})`;
  }

  #added({ moreThan, lessThan }: { moreThan?: string; lessThan?: string }): string {
    const parts = [];
    if (moreThan !== undefined) parts.push(`added < ${before(moreThan, this.#now)}`);
    if (lessThan !== undefined) parts.push(`added > ${before(lessThan, this.#now)}`);
    return `(${parts.join(' AND ')})`;
  }
}

const idle = (cutoff: number, accesses: string) => `(CASE WHEN has_access THEN (
    SELECT CASE WHEN max(seen) >= ${cutoff} THEN 0 WHEN count(seen) < count(*) THEN NULL
      WHEN max(seen) >= 0 THEN 1 ELSE 0 END ${accesses}) END)`;

const never = (accesses: string) => `(CASE WHEN has_access THEN (
    SELECT CASE WHEN count(*) = 0 OR max(seen) >= 0 THEN 0 WHEN count(seen) < count(*) THEN NULL ELSE 1 END
      ${accesses}) END)`;

const onlyOnce = (within: number, addedBefore: number, accesses: string) => `(CASE WHEN has_access THEN (
    SELECT CASE WHEN count(*) = 0 THEN 0 WHEN added IS NULL OR count(seen) < count(*) THEN NULL
      WHEN max(seen) < 0 THEN 0 ELSE max(seen) <= added + ${within} AND added < ${addedBefore} END ${accesses}) END)`;

/** The conditions without a limit of time. */
function leaf(condition: Condition): string {
  if ('status' in condition) return fitsAny('status', condition.status);
  if ('accountType' in condition) return fitsAny('account_type', condition.accountType);
  if ('account' in condition) return `claim = ${quoted(condition.account === 'managed' ? 'managed' : 'unmanaged')}`;
  if ('managedBy' in condition) return `managed_by = ${quoted(condition.managedBy === 'idp' ? 'synced' : 'invited')}`;
  if ('mfa' in condition) return `mfa = ${Number(condition.mfa)}`;
  if ('group' in condition) {
    const groups = `SELECT id FROM groups WHERE ${fitsAny('name', condition.group)}`;
    return `(CASE WHEN has_groups THEN users.id IN (SELECT user FROM memberships WHERE grp IN (${groups})) END)`;
  }
  if ('role' in condition) {
    const role = [fitsAny('role', condition.role), fitsAny("replace(role, 'atlassian/', '')", condition.role)];
    return `(CASE WHEN has_roles THEN users.id IN (SELECT user FROM roles WHERE ${role.join(' OR ')}) END)`;
  }
  if ('email' in condition) return fitsAny('email', lower(condition.email));
  if ('emailDomain' in condition) return fitsAny('domain', lower(condition.emailDomain));
  if ('access' in condition) return `(CASE WHEN has_access THEN EXISTS (SELECT 1 ${selected(condition.access)}) END)`;
  if ('profile' in condition) return fitsAny(condition.profile.field, lower(condition.profile.is));
  throw new Error(`no SQL for ${JSON.stringify(condition)}`);
}
