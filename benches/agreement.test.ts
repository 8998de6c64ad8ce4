import { describe, expect, test } from 'vitest';
import { closures, decideAll } from './baselines/closures.ts';
import { People } from './baselines/prepared.ts';
import { rulesEngine } from './baselines/rules-engine.ts';
import { SqlDirectory } from './baselines/sql.ts';
import { NOW } from './data/activity.ts';
import { SEED, pages, parsed } from './data/pages.ts';
import { Random } from './data/random.ts';
import { decide, freshDirectory, verdictsOf } from './engine.ts';
import { POLICIES } from './policies/index.ts';
import { FALSE, TRUE, UNKNOWN, count } from './policies/language.ts';
import { type Verdicts, requireEqual } from './verdicts.ts';

const USERS = 2000;
const organization = [...pages(USERS)];
const users = organization.flatMap(parsed);

/** What the battery measures is only worth comparing while all of it decides alike, people who are not known included. */
describe.each(POLICIES)('$conditions conditions', ({ conditions, policy }) => {
  const expected = new Uint8Array(USERS);
  decideAll(closures(policy, NOW), users, expected);

  test('are that many, and come out in every way', () => {
    expect(count(policy.match)).toBe(conditions);
    for (const verdict of [FALSE, TRUE, UNKNOWN]) expect(expected).toContain(verdict);
  });

  const engines: Record<string, () => Verdicts | Promise<Verdicts>> = {
    'this engine': () => {
      const { directory } = freshDirectory();
      for (const page of organization) directory.addPage(page);
      return verdictsOf(directory, decide(directory, JSON.stringify(policy)));
    },
    'closures over prepared people': () => {
      const people = new People();
      for (const user of users) people.push(user);
      const verdicts = new Uint8Array(USERS);
      people.decideAll(people.closures(policy, NOW), verdicts);
      return verdicts;
    },
    'json-rules-engine': async () => {
      const decide = rulesEngine(policy, NOW);
      const verdicts = new Uint8Array(USERS);
      for (const [row, user] of users.entries()) verdicts[row] = await decide(user);
      return verdicts;
    },
    'sql.js': async () => {
      const sql = await SqlDirectory.create();
      for (const user of users) sql.push(user);
      sql.finish();
      const verdicts = sql.evaluate(policy, NOW);
      sql.close();
      return verdicts;
    },
  };

  test.each(Object.entries(engines))('%s decides as the closures do', async (name, verdicts) => {
    requireEqual(name, await verdicts(), expected);
  });
});

describe('the organization', () => {
  const share = (holds: (user: (typeof users)[number]) => boolean) => users.filter(holds).length / USERS;
  const average = (size: (user: (typeof users)[number]) => number) =>
    users.reduce((total, user) => total + size(user), 0) / USERS;

  test('has the habits that the figures assume', () => {
    expect(average(({ groups }) => groups?.length ?? 0)).toBeCloseTo(3, 0);
    expect(average(({ productAccess }) => productAccess?.length ?? 0)).toBeCloseTo(3, 0);
    const dayBefore = Date.parse(NOW) - 86_400_000;
    const seenToday = share(
      ({ productAccess }) =>
        productAccess?.some(({ lastActiveTimestamp }) => Date.parse(lastActiveTimestamp ?? '') > dayBefore) ?? false,
    );
    expect(seenToday).toBeCloseTo(0.6, 1);
  });

  test('has nobody twice', () => {
    const places = 300_000;
    const streams = Array.from({ length: places }, (_, place) => new Random(SEED, place).hex(12));
    expect(new Set(streams).size).toBe(places);
    expect(new Set(users.map(({ accountId }) => accountId)).size).toBe(USERS);
  });

  test('is the same again', () => {
    expect([...pages(USERS)]).toEqual(organization);
  });

  test('on another day differs in activity alone', () => {
    const withoutActivity = (user: (typeof users)[number]) => ({
      ...user,
      productAccess: user.productAccess?.map(({ id }) => id),
    });
    const tomorrow = [...pages(USERS, { after: 1, everyAccess: true })].flatMap(parsed);
    expect(tomorrow.map(withoutActivity)).toEqual(users.map(withoutActivity));
    expect(tomorrow).not.toEqual(users);
  });
});
