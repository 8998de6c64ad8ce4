/**
 * The snapshot's columns in plain JavaScript, from people as `JSON.parse` leaves them: what ingestion is measured
 * against. Typed arrays that double, texts and sets by number, activity in seconds beside its person.
 */
import type { ApiUser } from '../data/api-user.ts';
import { Numbering } from './numbering.ts';

/** In place of a number or a time. */
const ABSENT = 0xffff_ffff;
const NEVER = 0;

/** A column of whole numbers that grows. */
class Column {
  #values = new Uint32Array(1024);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const grown = new Uint32Array(this.#values.length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  get length(): number {
    return this.#length;
  }
}

/** Texts by number. */
class Texts {
  readonly #numbers = new Numbering<string>();

  of(text: string | null | undefined): number {
    return text === undefined || text === null ? ABSENT : this.#numbers.of(text, () => text);
  }
}

/** Sets of numbers by number. */
class Sets {
  readonly #numbers = new Numbering<number[]>();

  of(numbers: number[]): number {
    return this.#numbers.of(numbers.join(), () => numbers);
  }
}

const wholeSeconds = (timestamp: string) => Math.floor(Date.parse(timestamp) / 1000);

export class Columns {
  readonly #texts = new Texts();
  readonly #groups = new Numbering<string>();
  readonly #groupSets = new Sets();
  readonly #accesses = new Numbering<string>();
  readonly #accessSets = new Sets();
  readonly #roleSets = new Sets();

  readonly accounts: string[] = [];
  readonly names: string[] = [];
  readonly emails: (string | undefined)[] = [];
  readonly #words = Array.from({ length: 9 }, () => new Column());
  readonly #mfa = new Column();
  readonly #added = new Column();
  readonly #groupsOf = new Column();
  readonly #rolesOf = new Column();
  readonly #accessesOf = new Column();
  /** Where a person's activities begin. */
  readonly #starts = new Column();
  readonly #activities = new Column();

  push(user: ApiUser): void {
    this.accounts.push(user.accountId);
    this.names.push(user.name);
    this.emails.push(user.email);
    const words = [
      user.accountType,
      user.status,
      user.claimStatus,
      user.managementSource,
      user.jobTitle,
      user.department,
      user.organization,
      user.location,
      user.email?.slice(user.email.lastIndexOf('@') + 1),
    ];
    for (let place = 0; place < words.length; place += 1) this.#words[place]?.push(this.#texts.of(words[place]));
    this.#mfa.push(user.mfaEnabled === undefined ? ABSENT : Number(user.mfaEnabled));
    this.#added.push(user.addedToOrg === undefined ? ABSENT : wholeSeconds(user.addedToOrg));
    this.#pushSets(user);
  }

  #pushSets({ groups, platformRoles, productAccess }: ApiUser): void {
    const numbers = groups?.map(({ id, name }) => this.#groups.of(id, () => name)).sort((a, b) => a - b);
    this.#groupsOf.push(numbers ? this.#groupSets.of(numbers) : ABSENT);
    this.#rolesOf.push(platformRoles ? this.#roleSets.of(platformRoles.map((role) => this.#texts.of(role))) : ABSENT);
    this.#starts.push(this.#activities.length);
    const held = productAccess?.map(({ id, key, lastActiveTimestamp }) => ({
      access: this.#accesses.of(id, () => key),
      seen: seenAt(lastActiveTimestamp),
    }));
    held?.sort((a, b) => a.access - b.access);
    this.#accessesOf.push(held ? this.#accessSets.of(held.map(({ access }) => access)) : ABSENT);
    for (const { seen } of held ?? []) this.#activities.push(seen);
  }
}

function seenAt(timestamp: string | null | undefined): number {
  if (timestamp === null) return NEVER;
  return timestamp === undefined ? ABSENT : wholeSeconds(timestamp);
}
