/** Somebody who is to have another e-mail address. */
export interface Addressee {
  account: string;
  /** The present address, if it is known. */
  email: string | undefined;
}

/** What somebody wrote about new addresses. */
export interface Addresses {
  /** One for each of the people, in their order; nothing where something is amiss. */
  emails: string[] | undefined;
  /** How many have none. */
  missing: number;
  /** What stands first on a line and is none of the people, or one of them a second time. */
  strangers: string[];
}

/** So many people can be given other addresses at once. */
export const MOST_ADDRESSES = 200;

/** What a line begins with: the present address, or the account where that is not known. */
const nameOf = ({ account, email }: Addressee): string => email ?? account;

/** A line for each of the people; with a domain, the same name in it. */
export const linesOf = (people: readonly Addressee[], domain = ''): string =>
  people.map((person) => `${nameOf(person)}, ${inDomain(person.email, domain)}`.trimEnd()).join('\n');

function inDomain(email: string | undefined, domain: string): string {
  const [name] = email?.split('@') ?? [];
  const plain = domain.trim().replace(/^@/, '');
  return name && plain ? `${name}@${plain}` : '';
}

/** Reads lines of a present address (or account id) and the new one. Whether an address is one, the core says. */
export function addressesIn(text: string, people: readonly Addressee[]): Addresses {
  const [only] = people;
  const lines = text.split('\n').map((line) => line.split(/[\s,;]+/).filter(Boolean));
  const written = lines.filter((words) => words.length > 0);
  // Of one person, the new address alone says it.
  const alone = people.length === 1 && written.length === 1 ? written[0] : undefined;
  if (only && alone?.length === 1 && alone[0] !== nameOf(only)) return { emails: alone, missing: 0, strangers: [] };

  const byName = new Map(people.flatMap((person) => keysOf(person).map((key) => [key, person.account] as const)));
  const given = new Map<string, string | undefined>();
  const strangers: string[] = [];
  for (const [name = '', to] of written) {
    const account = byName.get(name.toLowerCase());
    if (account === undefined || given.has(account)) strangers.push(name);
    else given.set(account, to);
  }
  const emails = people.flatMap(({ account }) => given.get(account) ?? []);
  const missing = people.length - emails.length;
  return { emails: missing === 0 && strangers.length === 0 ? emails : undefined, missing, strangers };
}

const keysOf = ({ account, email }: Addressee): string[] =>
  [account, email].flatMap((key) => (key === undefined ? [] : [key.toLowerCase()]));
