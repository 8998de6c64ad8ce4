/**
 * (b) A policy as closures over people as the API returns them: what one writes when the answer of `users/search` is at
 * hand and nothing else. Patterns and limits are prepared once for the policy, the cheap conditions come first, every
 * `all` and `any` stops as soon as it is decided; dates and domains are read when a condition asks for them.
 */
import type { ApiAccess, ApiUser } from '../data/api-user.ts';
import {
  type Condition,
  FALSE,
  type Policy,
  type Selection,
  TRUE,
  type Truth,
  UNKNOWN,
  cheapFirst,
  negated,
} from '../policies/language.ts';
import { before, seconds } from '../policies/spans.ts';
import { type Fits, fitsAny, lower } from './patterns.ts';

export type Decide = (user: ApiUser) => Truth;

const truth = (value: boolean): Truth => (value ? TRUE : FALSE);

export function closures(policy: Policy, now: string): Decide {
  return new Compiler(Date.parse(now) / 1000, policy.tolerance ?? '24h').condition(policy.match);
}

/** Everybody's verdict. */
export function decideAll(decide: Decide, users: readonly ApiUser[], verdicts: Uint8Array): void {
  let row = 0;
  for (const user of users) {
    verdicts[row] = decide(user);
    row += 1;
  }
}

class Compiler {
  readonly #now: number;
  readonly #tolerance: string;

  constructor(now: number, tolerance: string) {
    this.#now = now;
    this.#tolerance = tolerance;
  }

  condition(condition: Condition): Decide {
    if ('all' in condition) return all(cheapFirst(condition.all).map((inner) => this.condition(inner)));
    if ('any' in condition) return any(cheapFirst(condition.any).map((inner) => this.condition(inner)));
    if ('not' in condition) return not(this.condition(condition.not));
    if ('idle' in condition) {
      const { longerThan, ...selection } = condition.idle;
      return idle(before(this.#tolerance, before(longerThan, this.#now)) * 1000, selected(selection));
    }
    if ('neverActive' in condition) {
      const { addedMoreThan, ...selection } = condition.neverActive;
      return neverActive(before(addedMoreThan, this.#now) * 1000, selected(selection));
    }
    if ('onlyOnce' in condition) {
      const { within, addedMoreThan, ...selection } = condition.onlyOnce;
      return onlyOnce(seconds(within), before(addedMoreThan, this.#now), selected(selection));
    }
    if ('added' in condition) {
      const { moreThan, lessThan } = condition.added;
      const oldest = lessThan === undefined ? -Infinity : before(lessThan, this.#now);
      const newest = moreThan === undefined ? Infinity : before(moreThan, this.#now);
      return added(oldest, newest);
    }
    return leaf(condition);
  }
}

/** The conditions without a limit of time. */
function leaf(condition: Condition): Decide {
  if ('status' in condition) return text((user) => user.status, fitsAny(condition.status));
  if ('accountType' in condition) return text((user) => user.accountType, fitsAny(condition.accountType));
  if ('account' in condition) {
    const wanted = condition.account === 'managed' ? 'managed' : 'unmanaged';
    return (user) => truth(user.claimStatus === wanted);
  }
  if ('managedBy' in condition) {
    const wanted = condition.managedBy === 'idp' ? 'synced' : 'invited';
    return (user) => (user.managementSource === null ? UNKNOWN : truth(user.managementSource === wanted));
  }
  if ('mfa' in condition) {
    const { mfa } = condition;
    return (user) => (user.mfaEnabled === undefined ? UNKNOWN : truth(user.mfaEnabled === mfa));
  }
  if ('group' in condition) return group(condition.group);
  if ('role' in condition) return role(fitsAny(condition.role));
  if ('email' in condition) {
    const fits = fitsAny(lower(condition.email));
    return (user) => (user.email ? truth(fits(user.email.toLowerCase())) : UNKNOWN);
  }
  if ('emailDomain' in condition) return emailDomain(fitsAny(lower(condition.emailDomain)));
  if ('access' in condition) return access(selected(condition.access));
  if ('profile' in condition) {
    const { field, is } = condition.profile;
    const fits = fitsAny(lower(is));
    return text((user) => user[field]?.toLowerCase(), fits);
  }
  throw new Error(`no closure for ${JSON.stringify(condition)}`);
}

function all(parts: Decide[]): Decide {
  return (user) => {
    let result: Truth = TRUE;
    for (const part of parts) {
      const value = part(user);
      if (value === FALSE) return FALSE;
      if (value === UNKNOWN) result = UNKNOWN;
    }
    return result;
  };
}

function any(parts: Decide[]): Decide {
  return (user) => {
    let result: Truth = FALSE;
    for (const part of parts) {
      const value = part(user);
      if (value === TRUE) return TRUE;
      if (value === UNKNOWN) result = UNKNOWN;
    }
    return result;
  };
}

const not =
  (part: Decide): Decide =>
  (user) =>
    negated(part(user));

const text =
  (read: (user: ApiUser) => string | undefined, fits: Fits): Decide =>
  (user) => {
    const value = read(user);
    return value === undefined ? UNKNOWN : truth(fits(value));
  };

type Selected = (access: ApiAccess) => boolean;

function selected({ products, sites }: Selection): Selected {
  const product = products && fitsAny(products);
  const endings = sites?.map((site) => `::site/${site}`);
  if (!product && !endings) return () => true;
  if (!endings) return ({ key }) => product?.(key) === true;
  const [only = ''] = endings;
  const there: Fits =
    endings.length === 1 ? (id) => id.endsWith(only) : (id) => endings.some((ending) => id.endsWith(ending));
  return product ? ({ id, key }) => product(key) && there(id) : ({ id }) => there(id);
}

/** Limits in milliseconds here: a fraction of a second below a limit of whole seconds is below it either way. */
function idle(cutoff: number, selected: Selected): Decide {
  return ({ productAccess }) => {
    if (!productAccess) return UNKNOWN;
    let result: Truth = FALSE;
    for (const access of productAccess) {
      if (access.lastActiveTimestamp === null || !selected(access)) continue;
      const seen = access.lastActiveTimestamp === undefined ? NaN : Date.parse(access.lastActiveTimestamp);
      if (seen >= cutoff) return FALSE;
      if (Number.isNaN(seen)) result = UNKNOWN;
      else if (result === FALSE) result = TRUE;
    }
    return result;
  };
}

function neverActive(addedBefore: number, selected: Selected): Decide {
  return (user) => {
    const never = nothingButNever(user.productAccess, selected);
    if (never === FALSE) return FALSE;
    const added = user.addedToOrg === undefined ? NaN : Date.parse(user.addedToOrg);
    if (added >= addedBefore) return FALSE;
    return Number.isNaN(added) ? UNKNOWN : never;
  };
}

function nothingButNever(accesses: ApiAccess[] | undefined, selected: Selected): Truth {
  if (!accesses) return UNKNOWN;
  let result: Truth = FALSE;
  for (const access of accesses) {
    if (!selected(access)) continue;
    if (typeof access.lastActiveTimestamp === 'string') return FALSE;
    if (access.lastActiveTimestamp === undefined) result = UNKNOWN;
    else if (result === FALSE) result = TRUE;
  }
  return result;
}

const wholeSeconds = (timestamp: string) => Math.floor(Date.parse(timestamp) / 1000);

function onlyOnce(within: number, addedBefore: number, selected: Selected): Decide {
  return ({ productAccess, addedToOrg }) => {
    if (!productAccess) return UNKNOWN;
    let [held, unknown, latest] = [false, addedToOrg === undefined, -Infinity];
    for (const access of productAccess) {
      if (!selected(access)) continue;
      held = true;
      if (access.lastActiveTimestamp === undefined) unknown = true;
      else if (access.lastActiveTimestamp !== null) latest = Math.max(latest, wholeSeconds(access.lastActiveTimestamp));
    }
    if (!held) return FALSE;
    if (unknown || addedToOrg === undefined || Number.isNaN(latest)) return UNKNOWN;
    const added = wholeSeconds(addedToOrg);
    if (Number.isNaN(added)) return UNKNOWN;
    return truth(latest !== -Infinity && latest <= added + within && added < addedBefore);
  };
}

function added(oldest: number, newest: number): Decide {
  return ({ addedToOrg }) => {
    if (addedToOrg === undefined) return UNKNOWN;
    const added = wholeSeconds(addedToOrg);
    return Number.isNaN(added) ? UNKNOWN : truth(added > oldest && added < newest);
  };
}

function group(patterns: string[]): Decide {
  const fits = fitsAny(patterns);
  return ({ groups }) => {
    if (!groups) return UNKNOWN;
    for (const { name } of groups) if (fits(name)) return TRUE;
    return FALSE;
  };
}

function role(fits: Fits): Decide {
  return ({ platformRoles }) => {
    if (!platformRoles) return UNKNOWN;
    for (const role of platformRoles) if (fits(role) || fits(role.slice(role.indexOf('/') + 1))) return TRUE;
    return FALSE;
  };
}

function emailDomain(fits: Fits): Decide {
  return ({ email }) => {
    const at = email?.lastIndexOf('@') ?? -1;
    return email === undefined || at < 0 ? UNKNOWN : truth(fits(email.slice(at + 1).toLowerCase()));
  };
}

function access(selected: Selected): Decide {
  return ({ productAccess }) => {
    if (!productAccess) return UNKNOWN;
    for (const access of productAccess) if (selected(access)) return TRUE;
    return FALSE;
  };
}
