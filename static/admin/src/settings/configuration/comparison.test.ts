import { expect, test } from 'vitest';
import type { Policy, Settings } from '../../../gen/types';
import { compared } from './comparison';
import { configurationIn, type Configuration } from './configuration';

const policy = (id: string, more: Partial<Policy> = {}) =>
  ({ version: 1, id, name: id, match: { mfa: false }, stages: [], ...more }) as unknown as Policy;

const HERE: Configuration = {
  seatkeeper: 1,
  made: '2026-11-21T08:00:00Z',
  settings: {
    percentPerDay: 5,
    stopped: true,
    limitsEdited: { by: '712020:kim', at: '2026-11-20T08:00:00Z' },
    retentionDays: null,
  } as unknown as Settings,
  policies: [policy('idle'), policy('leavers')],
  exemptions: [{ subject: { kind: 'domain', domain: 'acme.example' }, reason: 'partner' }],
  trend: [],
  people: [],
  lists: [{ name: 'vip', imported: '2026-11-20T08:00:00Z', had: null, members: ['kim@acme.example'] }],
};

test('a text that is what is here changes nothing', () => {
  const { settings, policies, exemptions, lists } = compared(HERE, structuredClone(HERE));
  expect(settings).toEqual([]);
  expect(policies.map(({ change }) => change)).toEqual(['same', 'same']);
  expect(exemptions).toEqual({ added: 0, known: 1 });
  expect(lists).toEqual({ added: [], known: ['vip'] });
});

test('the order of keys, and what says nothing, make no difference', () => {
  const { version, id, name, match, stages } = policy('idle');
  const turned = { stages, match, name, id, version, description: undefined } as unknown as Policy;
  const then = { ...HERE, settings: { ...HERE.settings, prices: [] }, policies: [turned] };
  expect(compared(HERE, then).settings).toEqual([]);
  expect(compared(HERE, then).policies.map(({ change }) => change)).toEqual(['same', 'onlyHere']);
});

test('how people are written to is told, too', () => {
  const notices = {
    issue: 'LIFE-1',
    contact: null,
    mostWarned: 200,
    keepDays: null,
    keepTimes: null,
    giveBack: null,
    reports: null,
    policies: [],
    tellRestored: false,
  };
  const then = { ...HERE, settings: { ...HERE.settings, notices } };
  expect(compared(HERE, then).settings).toEqual(['notices']);
});

test('what differs is told, and the stop switch stays as it is', () => {
  const then: Configuration = {
    ...HERE,
    settings: { ...HERE.settings, percentPerDay: 9, stopped: false },
    policies: [policy('idle', { enabled: false }), policy('fresh')],
    exemptions: [{ subject: { kind: 'user', account: '712020:kim' }, reason: 'on leave' }],
    lists: [{ name: 'leavers', imported: '2026-11-20T08:00:00Z', had: null, members: [] }],
    people: [{ account: '712020:kim', values: [], note: 'on leave' }],
  };
  const { settings, policies, exemptions, lists, people } = compared(HERE, then);
  expect(settings).toEqual(['percentPerDay']);
  expect(policies.map(({ id, change }) => [id, change])).toEqual([
    ['idle', 'other'],
    ['fresh', 'new'],
    ['leavers', 'onlyHere'],
  ]);
  expect(exemptions).toEqual({ added: 1, known: 0 });
  expect(lists).toEqual({ added: ['leavers'], known: [] });
  expect(people).toBe(1);
});

test('a setting that a text does not name stays as it is', () => {
  const older = { retentionDays: null } as unknown as Settings;
  const now = { ...HERE, settings: { ...HERE.settings, blackOuts: { zone: 'UTC', except: ['sun'] } } };
  expect(compared(now, { ...HERE, settings: older }).settings).toEqual([]);
  const freer = { ...HERE, settings: { ...HERE.settings, blackOuts: { zone: 'UTC' } } };
  expect(compared(now, freer).settings).toEqual(['blackOuts']);
});

test.each([
  ['2026-11-21T08:00:01Z', { added: 0, known: 1 }, { added: 1, known: 0 }],
  ['2026-11-21T08:00:00Z', { added: 1, known: 0 }, { added: 0, known: 0 }],
])('an exemption that is over neither stays nor comes in: %s', (expires, stays, comes) => {
  const [lasting] = HERE.exemptions;
  if (!lasting) throw new Error('there is none');
  const ending = { ...HERE, exemptions: [{ ...lasting, expires }] };
  expect(compared(ending, HERE).exemptions).toEqual(stays);
  expect(compared({ ...HERE, exemptions: [] }, ending).exemptions).toEqual(comes);
});

test.each(['', '[]', 'null', '{"seatkeeper":2}', '{"seatkeeper":1,"made":"x","settings":{}}'])(
  'the text %j is no configuration',
  (text) => {
    expect(configurationIn(text)).toBeUndefined();
  },
);

test('a text without fields and lists has none', () => {
  const text = JSON.stringify({ ...HERE, people: undefined, lists: undefined });
  expect(configurationIn(text)).toMatchObject({ people: [], lists: [] });
});
