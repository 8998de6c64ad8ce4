/**
 * (b') The same closures over people who were prepared beforehand: dates are seconds, domains are cut out, what is
 * compared without capitals is in small letters, groups and products on a site are known by number, so that a policy's
 * names become tables of yes and no. The preparation is not timed.
 */
import type { ApiUser } from '../data/api-user.ts';
import {
  type Condition,
  FALSE,
  type Policy,
  type ProfileField,
  type Selection,
  TRUE,
  type Truth,
  UNKNOWN,
  cheapFirst,
  negated,
} from '../policies/language.ts';
import { before, seconds } from '../policies/spans.ts';
import { Numbering } from './numbering.ts';
import { type Fits, fitsAny, lower } from './patterns.ts';

/** In place of a time. */
const NEVER = -1;
const NOT_KNOWN = -2;

interface Person {
  status: string;
  accountType: string;
  managed: boolean;
  managedBy: string | undefined;
  mfa: boolean | undefined;
  email: string | undefined;
  domain: string | undefined;
  /** Seconds since 1970, or NOT_KNOWN. */
  added: number;
  profile: Record<ProfileField, string | undefined>;
  roles: string[] | undefined;
  groups: number[] | undefined;
  accesses: number[] | undefined;
  /** Beside `accesses`: seconds since 1970, NEVER or NOT_KNOWN. */
  seen: number[];
}

export type Decide = (person: Person) => Truth;

const truth = (value: boolean): Truth => (value ? TRUE : FALSE);

/** People made ready for any policy. */
export class People {
  readonly #people: Person[] = [];
  readonly #groups = new Numbering<string>();
  readonly #accesses = new Numbering<{ key: string; site: string }>();
  /** One object for each text, so that equal texts are the same text. */
  readonly #texts = new Map<string, string>();

  push(user: ApiUser): void {
    const email = user.email?.toLowerCase();
    const at = email?.lastIndexOf('@') ?? -1;
    this.#people.push({
      status: this.#shared(user.status),
      accountType: this.#shared(user.accountType),
      managed: user.claimStatus === 'managed',
      managedBy: user.managementSource === null ? undefined : this.#shared(user.managementSource),
      mfa: user.mfaEnabled,
      email,
      domain: email === undefined || at < 0 ? undefined : this.#shared(email.slice(at + 1)),
      added: user.addedToOrg === undefined ? NOT_KNOWN : wholeSeconds(user.addedToOrg),
      profile: {
        jobTitle: this.#small(user.jobTitle),
        department: this.#small(user.department),
        organization: this.#small(user.organization),
        location: this.#small(user.location),
      },
      roles: user.platformRoles?.map((role) => this.#shared(role)),
      groups: user.groups?.map(({ id, name }) => this.#groups.of(id, () => name)),
      accesses: user.productAccess?.map(({ id, key }) => this.#accesses.of(id, () => ({ key, site: siteOf(id) }))),
      seen: user.productAccess?.map(({ lastActiveTimestamp }) => seenAt(lastActiveTimestamp)) ?? [],
    });
  }

  closures(policy: Policy, now: string): Decide {
    const compiler = new Compiler(
      Date.parse(now) / 1000,
      policy.tolerance ?? '24h',
      (fits) => this.#groups.table(fits),
      (selection) => this.#accesses.table(selects(selection)),
    );
    return compiler.condition(policy.match);
  }

  /** Everybody's verdict. */
  decideAll(decide: Decide, verdicts: Uint8Array): void {
    let row = 0;
    for (const person of this.#people) {
      verdicts[row] = decide(person);
      row += 1;
    }
  }

  #shared(text: string): string {
    const known = this.#texts.get(text);
    if (known === undefined) this.#texts.set(text, text);
    return known ?? text;
  }

  #small(text: string | undefined): string | undefined {
    return text === undefined ? undefined : this.#shared(text.toLowerCase());
  }
}

const siteOf = (id: string) => id.slice(id.indexOf('::site/') + '::site/'.length);

function wholeSeconds(timestamp: string): number {
  const seconds = Math.floor(Date.parse(timestamp) / 1000);
  return Number.isNaN(seconds) ? NOT_KNOWN : seconds;
}

function seenAt(timestamp: string | null | undefined): number {
  if (timestamp === null) return NEVER;
  return timestamp === undefined ? NOT_KNOWN : wholeSeconds(timestamp);
}

function selects({ products, sites }: Selection): (access: { key: string; site: string }) => boolean {
  return ({ key, site }) => (products?.includes(key) ?? true) && (sites?.includes(site) ?? true);
}

/** Yes or no by number. */
type Table = Uint8Array;

class Compiler {
  readonly #now: number;
  readonly #tolerance: string;
  readonly #groups: (fits: Fits) => Table;
  readonly #accesses: (selection: Selection) => Table;

  constructor(
    now: number,
    tolerance: string,
    groups: (fits: Fits) => Table,
    accesses: (selection: Selection) => Table,
  ) {
    this.#now = now;
    this.#tolerance = tolerance;
    this.#groups = groups;
    this.#accesses = accesses;
  }

  condition(condition: Condition): Decide {
    if ('all' in condition) return all(cheapFirst(condition.all).map((inner) => this.condition(inner)));
    if ('any' in condition) return any(cheapFirst(condition.any).map((inner) => this.condition(inner)));
    if ('not' in condition) return not(this.condition(condition.not));
    if ('idle' in condition) {
      const { longerThan, ...selection } = condition.idle;
      return idle(before(this.#tolerance, before(longerThan, this.#now)), this.#accesses(selection));
    }
    if ('neverActive' in condition) {
      const { addedMoreThan, ...selection } = condition.neverActive;
      return neverActive(before(addedMoreThan, this.#now), this.#accesses(selection));
    }
    if ('onlyOnce' in condition) {
      const { within, addedMoreThan, ...selection } = condition.onlyOnce;
      return onlyOnce(seconds(within), before(addedMoreThan, this.#now), this.#accesses(selection));
    }
    if ('added' in condition) {
      const { moreThan, lessThan } = condition.added;
      const oldest = lessThan === undefined ? -Infinity : before(lessThan, this.#now);
      const newest = moreThan === undefined ? Infinity : before(moreThan, this.#now);
      return ({ added }) => (added === NOT_KNOWN ? UNKNOWN : truth(added > oldest && added < newest));
    }
    if ('group' in condition) return oneOf((person) => person.groups, this.#groups(fitsAny(condition.group)));
    if ('access' in condition) return oneOf((person) => person.accesses, this.#accesses(condition.access));
    return leaf(condition);
  }
}

/** The conditions without a limit of time or a table. */
function leaf(condition: Condition): Decide {
  if ('status' in condition) return text((person) => person.status, fitsAny(condition.status));
  if ('accountType' in condition) return text((person) => person.accountType, fitsAny(condition.accountType));
  if ('account' in condition) {
    const wanted = condition.account === 'managed';
    return (person) => truth(person.managed === wanted);
  }
  if ('managedBy' in condition) {
    const wanted = condition.managedBy === 'idp' ? 'synced' : 'invited';
    return ({ managedBy }) => (managedBy === undefined ? UNKNOWN : truth(managedBy === wanted));
  }
  if ('mfa' in condition) {
    const wanted = condition.mfa;
    return ({ mfa }) => (mfa === undefined ? UNKNOWN : truth(mfa === wanted));
  }
  if ('role' in condition) return role(fitsAny(condition.role));
  if ('email' in condition) return text((person) => person.email, fitsAny(lower(condition.email)));
  if ('emailDomain' in condition) return text((person) => person.domain, fitsAny(lower(condition.emailDomain)));
  if ('profile' in condition) {
    const { field, is } = condition.profile;
    return text((person) => person.profile[field], fitsAny(lower(is)));
  }
  throw new Error(`no closure for ${JSON.stringify(condition)}`);
}

function all(parts: Decide[]): Decide {
  return (person) => {
    let result: Truth = TRUE;
    for (const part of parts) {
      const value = part(person);
      if (value === FALSE) return FALSE;
      if (value === UNKNOWN) result = UNKNOWN;
    }
    return result;
  };
}

function any(parts: Decide[]): Decide {
  return (person) => {
    let result: Truth = FALSE;
    for (const part of parts) {
      const value = part(person);
      if (value === TRUE) return TRUE;
      if (value === UNKNOWN) result = UNKNOWN;
    }
    return result;
  };
}

const not =
  (part: Decide): Decide =>
  (person) =>
    negated(part(person));

const text =
  (read: (person: Person) => string | undefined, fits: Fits): Decide =>
  (person) => {
    const value = read(person);
    return value === undefined ? UNKNOWN : truth(fits(value));
  };

/** Whether one of a person's numbers is marked in a table. */
const oneOf =
  (read: (person: Person) => number[] | undefined, table: Table): Decide =>
  (person) => {
    const numbers = read(person);
    if (!numbers) return UNKNOWN;
    for (const number of numbers) if (table[number] === 1) return TRUE;
    return FALSE;
  };

function idle(cutoff: number, selected: Table): Decide {
  return ({ accesses, seen }) => {
    if (!accesses) return UNKNOWN;
    let result: Truth = FALSE;
    for (let place = 0; place < accesses.length; place += 1) {
      if (selected[accesses[place] ?? 0] !== 1) continue;
      const at = seen[place] ?? NOT_KNOWN;
      if (at >= cutoff) return FALSE;
      if (at === NOT_KNOWN) result = UNKNOWN;
      else if (at !== NEVER && result === FALSE) result = TRUE;
    }
    return result;
  };
}

function neverActive(addedBefore: number, selected: Table): Decide {
  return ({ accesses, seen, added }) => {
    if (added >= addedBefore) return FALSE;
    if (!accesses) return UNKNOWN;
    let result: Truth = FALSE;
    for (let place = 0; place < accesses.length; place += 1) {
      if (selected[accesses[place] ?? 0] !== 1) continue;
      const at = seen[place] ?? NOT_KNOWN;
      if (at >= 0) return FALSE;
      if (at === NOT_KNOWN) result = UNKNOWN;
      else if (result === FALSE) result = TRUE;
    }
    return result !== FALSE && added === NOT_KNOWN ? UNKNOWN : result;
  };
}

function onlyOnce(within: number, addedBefore: number, selected: Table): Decide {
  return ({ accesses, seen, added }) => {
    if (!accesses) return UNKNOWN;
    let [held, unknown, latest] = [false, added === NOT_KNOWN, NEVER];
    for (let place = 0; place < accesses.length; place += 1) {
      if (selected[accesses[place] ?? 0] !== 1) continue;
      const at = seen[place] ?? NOT_KNOWN;
      held = true;
      if (at === NOT_KNOWN) unknown = true;
      else if (at > latest) latest = at;
    }
    if (!held) return FALSE;
    if (unknown) return UNKNOWN;
    return truth(latest !== NEVER && latest <= added + within && added < addedBefore);
  };
}

function role(fits: Fits): Decide {
  return ({ roles }) => {
    if (!roles) return UNKNOWN;
    for (const role of roles) if (fits(role) || fits(role.slice(role.indexOf('/') + 1))) return TRUE;
    return FALSE;
  };
}
