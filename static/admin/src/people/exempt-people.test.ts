import { expect, test } from 'vitest';
import type { Exemption, ExemptionSubject, Explanation, RowTruth } from '../../gen/types';
import { exemptFilter, shelteringOf } from './exempt-people';

const exemption = (subject: ExemptionSubject, expired = false): Exemption => ({
  subject,
  name: null,
  reason: 'a partner',
  added: { by: '712020:kim', at: '2026-11-20T08:00:00Z' },
  owner: null,
  ownerName: null,
  expires: null,
  expired,
  policies: [],
  shelters: null,
});

const PARTNER: ExemptionSubject = { kind: 'domain', domain: '*.partner.example' };
const BOTS: ExemptionSubject = { kind: 'email', glob: 'bot-*@acme.example' };
const KEEP: ExemptionSubject = { kind: 'groupName', glob: 'keep-*' };

/** A core that decides by what a document asks of; a list has a truth for each directory. */
function core(truths: Record<string, RowTruth[]>) {
  const asked: string[] = [];
  const explain = (document: string): Explanation[] => {
    asked.push(document);
    const found = Object.entries(truths).filter(([word]) => document.includes(word));
    const verdicts = found.flatMap(([, each]) => each);
    return (verdicts.length > 0 ? verdicts : (['false'] as const)).map((verdict) => ({
      accountId: 'a',
      directory: null,
      now: '2026-11-20T08:00:00Z',
      verdict,
      sentence: '',
      condition: { condition: 'any', truth: verdict, sentence: '', read: [], inner: [] },
    }));
  };
  return { asked, explain };
}

const named = (roster: ReturnType<typeof core>, subjects: ExemptionSubject[]) =>
  shelteringOf(
    roster,
    subjects.map((subject) => exemption(subject)),
    { account: 'a' },
  ).map(({ exemption: { subject }, isDecided }) => [subject, isDecided]);

test('somebody is sheltered by a domain, an address pattern and the name of a group', () => {
  const roster = core({ partner: ['true'], 'bot-': ['true'], 'keep-': ['true'] });
  expect(named(roster, [PARTNER, BOTS, KEEP])).toEqual([
    [PARTNER, true],
    [BOTS, true],
    [KEEP, true],
  ]);
});

test('each exemption answers for itself, and what is not decided shelters', () => {
  const roster = core({ partner: ['false'], 'keep-': ['unknown'] });
  expect(named(roster, [PARTNER, KEEP, { kind: 'user', account: 'a' }, { kind: 'user', account: 'b' }])).toEqual([
    [KEEP, false],
    [{ kind: 'user', account: 'a' }, true],
  ]);
});

test('what holds in one directory holds in all', () => {
  expect(named(core({ partner: ['false', 'true'] }), [PARTNER])).toEqual([[PARTNER, true]]);
});

test('where none of them means somebody, one question is enough; what is over is not asked for', () => {
  const roster = core({});
  expect(named(roster, [PARTNER, BOTS, KEEP])).toEqual([]);
  expect(roster.asked).toHaveLength(1);
  expect(shelteringOf(core({ partner: ['true'] }), [exemption(PARTNER, true)], { account: 'a' })).toEqual([]);
});

test('the people of an exemption are asked for by the condition of the same name', () => {
  const { policy } = exemptFilter([BOTS], 'true');
  expect(policy?.is).toBe('true');
  expect(JSON.parse(policy?.document ?? '')).toMatchObject({ match: { any: [{ email: ['bot-*@acme.example'] }] } });
});
