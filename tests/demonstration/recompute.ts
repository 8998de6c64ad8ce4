/**
 * Who must be suspended, computed a second time from the files of a run alone. Naive on purpose, and sharing nothing with
 * the core: objects, loops, `Date`. It knows the conditions that the demonstration's policy uses and refuses others.
 */

/** A person of `cloud-before.json`. A field that is not there is not known. */
interface Person {
  accountId: string;
  status?: string;
  email?: string;
  groups?: { id: string }[];
  productAccess?: { key: string; lastActiveTimestamp?: string }[];
}

/** True, false, or not known. */
type Truth = boolean | undefined;

type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { status: string[] }
  | { emailDomain: string[] }
  | { idle: { longerThan: string } };

/** `policy.json`. */
interface PolicyFile {
  match: Condition;
  tolerance?: string;
}

/** `exemptions.json`. */
interface ExemptionsFile {
  users: string[];
  groups: string[];
}

/** What the run must come to. */
export interface Expected {
  suspend: Set<string>;
  matched: number;
  unknown: number;
  exempt: number;
  protected: number;
}

export function recompute(
  people: Person[],
  policy: PolicyFile,
  exemptions: ExemptionsFile,
  protectedPeople: Record<string, string>,
  now: string,
): Expected {
  const expected: Expected = { suspend: new Set(), matched: 0, unknown: 0, exempt: 0, protected: 0 };
  for (const person of people) {
    const verdict = holds(policy.match, person, seconds(policy.tolerance ?? '24h'), Date.parse(now));
    if (verdict === undefined) expected.unknown += 1;
    if (verdict !== true) continue;
    expected.matched += 1;
    if (isExempt(person, exemptions)) expected.exempt += 1;
    else if (person.accountId in protectedPeople) expected.protected += 1;
    else expected.suspend.add(person.accountId);
  }
  return expected;
}

function isExempt({ accountId, groups }: Person, exemptions: ExemptionsFile): boolean {
  const own = (groups ?? []).map(({ id }) => id.split('/').at(-1) ?? id);
  return exemptions.users.includes(accountId) || own.some((id) => exemptions.groups.includes(id));
}

function holds(condition: Condition, person: Person, tolerance: number, now: number): Truth {
  const part = (inner: Condition) => holds(inner, person, tolerance, now);
  if ('all' in condition) return every(condition.all.map(part));
  if ('any' in condition) return negate(every(condition.any.map(part).map(negate)));
  if ('not' in condition) return negate(part(condition.not));
  if ('status' in condition) return person.status === undefined ? undefined : condition.status.includes(person.status);
  if ('emailDomain' in condition) return inDomain(person, condition.emailDomain);
  if ('idle' in condition) return isIdle(person, seconds(condition.idle.longerThan) + tolerance, now);
  throw new Error(`this computation does not know the condition ${JSON.stringify(condition)}`);
}

function every(truths: Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}

function negate(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}

function inDomain({ email }: Person, domains: string[]): Truth {
  if (!email) return undefined;
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  return domains.some((name) => name.toLowerCase() === domain);
}

/**
 * Seen, but nowhere within the limit. An access without a time was never used: the app asks for such a person alone, and
 * the cloud answers that.
 */
function isIdle({ productAccess }: Person, limitSeconds: number, now: number): Truth {
  if (!productAccess) return undefined;
  const seen = productAccess.map(({ lastActiveTimestamp }) => lastActiveTimestamp);
  const isRecent = (time: string | undefined) => time !== undefined && now - Date.parse(time) <= limitSeconds * 1000;
  return seen.some((time) => time !== undefined) && !seen.some(isRecent);
}

function seconds(span: string): number {
  const units: Record<string, number> = { h: 3600, d: 86_400, w: 604_800 };
  const [, count, unit = ''] = /^(\d+)([hdw])$/.exec(span) ?? [];
  const length = units[unit];
  if (count === undefined || length === undefined) throw new Error(`this computation does not know the span ${span}`);
  return Number(count) * length;
}
