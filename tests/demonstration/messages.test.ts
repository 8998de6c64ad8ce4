import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Run, StoredEntry } from '../../forge-app/gen/types.ts';
import { writeInbox } from './files.ts';
import { read } from './messages.ts';
import { recordOf } from './record.ts';
import { warningTable } from './report.ts';

const eml = (to: string, date = 'Sat, 14 Nov 2026 11:59:58 +0000') =>
  [`Date: ${date}`, 'From: Jira <jira@acme.example>', `To: ${to}`, '', 'To: <body@acme.example>'].join('\r\n');

test('a message is read by its headers alone', () => {
  const sent = Date.parse('2026-11-14T11:59:58Z');
  expect(read(1, eml('"Ann \\"<A>\\"" <ann@acme.example>'))).toMatchObject({ number: 1, to: 'ann@acme.example', sent });
  expect(read(2, eml('=?UTF-8?B?QWRh?=\r\n <ada@acme.example>'))).toMatchObject({ to: 'ada@acme.example' });
  expect(() => read(3, eml('nobody'))).toThrow('message 3');
  expect(() => read(4, eml('<ann@acme.example>', 'yesterday'))).toThrow('message 4');
});

test('a folder of messages has none of an earlier run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inbox-'));
  try {
    writeFileSync(join(folder, '007.eml'), 'of yesterday');
    writeInbox(folder, [read(1, eml('<ann@acme.example>'))]);
    expect(readdirSync(folder)).toEqual(['001.eml']);
    expect(readFileSync(join(folder, '001.eml'), 'utf8')).toBe(eml('<ann@acme.example>'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const said = (entry: object): StoredEntry => ({ seq: 1, entry: JSON.stringify(entry), hash: '' });
const warned = (subject: string, time: string, run = 'r') =>
  said({ time, run, action: 'warn', outcome: 'done', subject });

test('a record names each outcome, and the message of each warning', () => {
  const run = { id: 'r', policy: { id: 'p' }, state: 'done' } as Run;
  const entries = [
    said({ time: '2026-11-14T11:59:00Z', run: 'r', action: 'run', outcome: 'done' }),
    said({ time: '2026-11-14T11:59:00Z', run: 'r', action: 'warn', outcome: 'intent', subjects: ['a', 'b'] }),
    warned('a', '2026-11-14T12:00:00Z'),
    said({ time: '2026-11-14T12:00:00Z', run: 'r', action: 'warn', outcome: 'failed', subject: 'b' }),
    warned('a', '2026-11-14T12:00:00Z', 'another'),
    warned('a', '2026-11-16T12:00:00Z'),
  ];
  const messages = [read(1, eml('<b@x>', 'Mon, 16 Nov 2026 12:00:00 +0000')), read(2, eml('<a@x>'))];
  const addresses = new Map([
    ['a', 'a@x'],
    ['b', 'b@x'],
  ]);
  const [record] = recordOf([run], entries, messages, addresses);
  expect(record).toEqual({
    id: 'r',
    policy: 'p',
    state: 'done',
    people: [
      { account: 'a', what: 'warn', when: '2026-11-14T12:00:00Z', outcome: 'done', message: 2 },
      { account: 'b', what: 'warn', when: '2026-11-14T12:00:00Z', outcome: 'failed' },
      // The only message to this address belongs to the warning two days before.
      { account: 'a', what: 'warn', when: '2026-11-16T12:00:00Z', outcome: 'done' },
    ],
  });
  expect(warningTable([record ?? { id: '', policy: '', state: '', people: [] }], addresses)).toBe(
    [
      '  a@x  warned 2026-11-14T12:00:00Z  002.eml     lost nothing',
      '  a@x  warned 2026-11-16T12:00:00Z  no message  lost nothing',
    ].join('\n'),
  );
});
