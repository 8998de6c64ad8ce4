import { expect, test } from 'vitest';
import { createHash } from 'node:crypto';
import { judgeWarnings, type WarningEvidence } from './warning-checks.ts';

const warn = (account: string, message: number) => ({
  account,
  ...{ what: 'warn', when: '2026-11-14T12:00:00Z', outcome: 'done', message },
});
const suspend = (account: string, when = '2026-11-21T12:00:00Z') => ({
  account,
  ...{ what: 'suspend', when, outcome: 'done' },
});
const mail = (number: number, to: string) => ({ number, to, sent: Date.parse('2026-11-14T11:59:58Z'), eml: '' });
const run = (id: string, people: WarningEvidence['runs'][number]['people']) => ({
  ...{ id, policy: 'p', state: 'done', people },
});
const changed = (...suspended: string[]) => ({ suspended: new Set(suspended), others: [] as string[] });
const entry = JSON.stringify({ seq: 1, previous: '0'.repeat(64) });

/** Three people are warned, one of them comes back, the others are suspended a week later. */
function evidence(): WarningEvidence {
  return {
    runs: [
      run('first', [warn('a', 1), warn('b', 2), warn('c', 3)]),
      run('between', []),
      run('last', [suspend('a'), suspend('b')]),
    ],
    toWarn: new Set(['a', 'b', 'c']),
    messages: [mail(1, 'a@x'), mail(2, 'b@x'), mail(3, 'c@x')],
    addresses: new Map(['a', 'b', 'c', 'd'].map((account) => [account, `${account}@x`])),
    graceDays: 7,
    cameBack: ['c'],
    changes: [changed(), changed(), changed('a', 'b')],
    entries: [{ seq: 1, entry, hash: createHash('sha256').update(entry).digest('hex') }],
    verification: { valid: true } as WarningEvidence['verification'],
  };
}

const failed = (found: WarningEvidence) =>
  judgeWarnings(found).flatMap((check) => (check.found === undefined ? [] : [check.claim]));

/** The run at an index, which is there. */
function runOf({ runs }: WarningEvidence, index: number): WarningEvidence['runs'][number] {
  const found = runs[index];
  if (!found) throw new Error(`no run ${index}`);
  return found;
}

test('what is as it should be is found so', () => {
  expect(failed(evidence())).toEqual([]);
});

const named = 'the first warns exactly whom a separate computation names and mail can reach';
const addressed = 'everybody who was warned has one message at their address, and nobody else has one';
const withMessage = 'each warning has a message of its time';
const inTime = 'nobody is acted on without a warning and the whole grace since';
const within = 'while the grace was not over, nobody lost anything';
const exactly = 'after it, exactly those lost their access who were warned and did not come back';
const logged = 'the log says so once of each';

test.each<[string, (of: WarningEvidence) => unknown, string[]]>([
  ['a run went wrong', (of) => (runOf(of, 1).state = 'stopped'), ['every run of the policy that warns first is done']],
  [
    'nothing happened',
    (of) => {
      for (const { people } of of.runs) people.length = 0;
      of.messages = [];
      of.changes = [changed(), changed(), changed()];
    },
    [named],
  ],
  ['somebody was forgotten', (of) => of.toWarn.add('d'), [named]],
  ['somebody was warned who should not be', (of) => of.toWarn.delete('c'), [named]],
  ['a message is missing', (of) => of.messages.pop(), [addressed]],
  ['a message went twice', (of) => of.messages.push(mail(4, 'a@x')), [addressed]],
  ['somebody else has a message', (of) => of.messages.push(mail(4, 'd@x')), [addressed]],
  ['a message went to another address', (of) => (of.messages[0] = mail(1, 'd@x')), [addressed]],
  ['the address is not known', (of) => (of.addresses = new Map()), [addressed]],
  ['a warning has no message', (of) => delete runOf(of, 0).people[0]?.message, [withMessage]],
  [
    'the grace was a second too short',
    (of) => (runOf(of, 2).people[0] = suspend('a', '2026-11-21T11:59:59Z')),
    [inTime],
  ],
  [
    'somebody lost something who was not warned',
    (of) => {
      runOf(of, 2).people.push(suspend('d'));
      of.changes[2] = changed('a', 'b', 'd');
    },
    [inTime, exactly],
  ],
  [
    'a warning failed and counted all the same',
    (of) => {
      runOf(of, 0).people[0] = { ...warn('a', 1), outcome: 'failed' };
      of.messages.shift();
    },
    [named, inTime, exactly],
  ],
  [
    'somebody lost something between',
    (of) => {
      runOf(of, 2).people.shift();
      runOf(of, 1).people.push(suspend('a', '2026-11-17T12:00:00Z'));
      of.changes = [changed(), changed('a'), changed('b')];
    },
    [inTime, within, exactly],
  ],
  [
    'whoever came back lost something',
    (of) => {
      runOf(of, 2).people.push(suspend('c'));
      of.changes[2] = changed('a', 'b', 'c');
    },
    [exactly],
  ],
  ['the log is silent about one', (of) => runOf(of, 2).people.shift(), [logged]],
  ['the log says it twice of one', (of) => runOf(of, 2).people.push(suspend('a')), [logged]],
  [
    'something else changed',
    (of) => of.changes[1]?.others.push('d'),
    ['these runs changed nothing else about anybody'],
  ],
  [
    'the core does not believe the log',
    (of) => (of.verification = { ...of.verification, valid: false }),
    ["the whole log's chain holds, as the core says"],
  ],
  [
    'an entry was changed',
    (of) => (of.entries = [{ seq: 1, entry, hash: '0' }]),
    ["the whole log's chain holds, computed a second time"],
  ],
])('it is found that %s', (_, tamper, claims) => {
  const tampered = evidence();
  tamper(tampered);
  expect(failed(tampered)).toEqual(claims);
});
