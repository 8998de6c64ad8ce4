import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { HostPort } from '../../forge-app/gen/core';
import { startService, type Service } from '../demonstration/child.ts';
import { ControlledCloud, type People } from '../demonstration/cloud.ts';
import { cloudProgram } from '../demonstration/stage.ts';
import { Invocation, within } from './runtime/invocation.ts';
import { declaredHosts, isConfigurable, readManifest } from './runtime/manifest.ts';
import { installPlatform } from './runtime/platform.ts';
import { jobRequest } from './support/invocations.ts';

let service: Service;
let cloud: ControlledCloud;
let people: People;
let makeHost: () => HostPort;

beforeAll(async () => {
  const manifest = readManifest('manifest.yml');
  service = await startService(cloudProgram, ['--port', '0', '--users', '1000', '--seed', '1', '--latency', 'off']);
  cloud = new ControlledCloud(service.url);
  await cloud.install(manifest, service.url);
  people = await cloud.people();
  installPlatform(declaredHosts(manifest), isConfigurable(manifest));
  // Forge's packages take the globals as they find them when they are loaded.
  const { ForgeHost } = await import('../../forge-app/host');
  makeHost = () => new ForgeHost();
});
afterAll(() => {
  service.stop();
});

/** Calls the host as part of an invocation, of a person if one is named. */
function asked<T>(call: (host: HostPort) => Promise<T>, accountId?: string): Promise<T> {
  const request = jobRequest('work', '{}');
  const context = accountId === undefined ? request.context : { ...request.context, principal: { accountId } };
  return within(new Invocation({ ...request, context }, service.url), () => call(makeHost()));
}

const lease = (
  key: string,
  fence: number,
  condition?: { attribute: string; absent: true } | { attribute: string; equals: number },
) => {
  const value = JSON.stringify({ fence, holder: `holder ${fence}`, expires: '2026-11-21T12:00:00Z' });
  const write = { op: 'setEntity' as const, entity: 'lease', key, value };
  return condition ? { ...write, condition } : write;
};

describe('plain values', () => {
  test('are read in the order of the keys, over several batches, with gaps where there is none', async () => {
    const keys = Array.from({ length: 40 }, (_, index) => `value:${index}`);
    const written = keys.filter((_, index) => index % 3 !== 0);
    for (let from = 0; from < written.length; from += 25) {
      const writes = written
        .slice(from, from + 25)
        .map((key) => ({ op: 'set' as const, key, value: JSON.stringify({ key }) }));
      await expect(asked((host) => host.transact(writes))).resolves.toBe(true);
    }
    const read = await asked((host) => host.get(keys));
    expect(read).toEqual(keys.map((key, index) => (index % 3 === 0 ? undefined : JSON.stringify({ key }))));
    await expect(asked((host) => host.get(['value:1']))).resolves.toEqual(['{"key":"value:1"}']);
    await expect(asked((host) => host.get([]))).resolves.toEqual([]);
  });

  test('are deleted', async () => {
    await asked((host) => host.transact([{ op: 'set', key: 'gone', value: '1' }]));
    await asked((host) => host.transact([{ op: 'delete', key: 'gone' }]));
    await expect(asked((host) => host.get(['gone']))).resolves.toEqual([undefined]);
  });

  test('that are too large are an error, not a lost race', async () => {
    const value = JSON.stringify('x'.repeat(250 * 1024));
    await expect(asked((host) => host.transact([{ op: 'set', key: 'large', value }]))).rejects.toThrow();
  });
});

describe('conditions', () => {
  test('an absent entity is taken once', async () => {
    const take = () => asked((host) => host.transact([lease('once', 1, { attribute: 'fence', absent: true })]));
    await expect(take()).resolves.toBe(true);
    await expect(take()).resolves.toBe(false);
  });

  test('a number is replaced by whoever knew it', async () => {
    await asked((host) => host.transact([lease('race', 1)]));
    const next = () => asked((host) => host.transact([lease('race', 2, { attribute: 'fence', equals: 1 })]));
    const both = await Promise.all([next(), next()]);
    expect(both.toSorted()).toEqual([false, true]);
    await expect(asked((host) => host.getEntity('lease', 'race'))).resolves.toContain('"fence":2');
    await expect(asked((host) => host.getEntity('lease', 'nobody'))).resolves.toBeUndefined();
  });

  test('a check that fails lets nothing be written', async () => {
    await asked((host) => host.transact([lease('guard', 7)]));
    const behind = (fence: number) =>
      asked((host) =>
        host.transact([
          { op: 'check', entity: 'lease', key: 'guard', condition: { attribute: 'fence', equals: fence } },
          { op: 'set', key: 'guarded', value: `${fence}` },
        ]),
      );
    await expect(behind(6)).resolves.toBe(false);
    await expect(asked((host) => host.get(['guarded']))).resolves.toEqual([undefined]);
    await expect(behind(7)).resolves.toBe(true);
    await expect(asked((host) => host.get(['guarded']))).resolves.toEqual(['7']);
  });
});

test('an index is read page by page, in both directions', async () => {
  const seqs = [1, 2, 3, 4, 5];
  const writes = seqs.map((seq) => {
    const value = JSON.stringify({
      seq,
      time: `2026-11-21T12:00:0${seq}Z`,
      subject: 'somebody',
      entry: '{}',
      hash: '0',
    });
    return { op: 'setEntity' as const, entity: 'audit', key: `page:${seq}`, value };
  });
  await asked((host) => host.transact(writes));
  const page = (descending: boolean, cursor?: string) =>
    asked((host) => host.query('audit', 'by-subject', ['somebody'], undefined, descending, 2, cursor));
  // Queries lag behind writes, as the platform's do.
  await vi.waitFor(async () => {
    const all = await asked((host) =>
      host.query('audit', 'by-subject', ['somebody'], undefined, false, 100, undefined),
    );
    expect(all.values).toHaveLength(seqs.length);
  }, 20_000);
  const between: [string, string] = ['2026-11-21T12:00:02Z', '2026-11-21T12:00:03Z'];
  const some = await asked((host) => host.query('audit', 'by-subject', ['somebody'], between, false, 100, undefined));
  expect(some.values).toHaveLength(2);
  for (const descending of [false, true]) {
    const found: number[] = [];
    let cursor: string | undefined;
    do {
      const answer = await page(descending, cursor);
      found.push(...answer.values.map((value) => (JSON.parse(value) as { seq: number }).seq));
      cursor = answer.cursor;
    } while (cursor !== undefined);
    expect(found).toEqual(descending ? seqs.toReversed() : seqs);
  }
});

test('an entity is deleted, and deleted again', async () => {
  const value = JSON.stringify({ seq: 9, time: '2026-11-21T12:00:09Z', entry: '{}', hash: '0' });
  await asked((host) => host.transact([{ op: 'setEntity', entity: 'audit', key: 'gone', value }]));
  await expect(asked((host) => host.getEntity('audit', 'gone'))).resolves.toBeDefined();
  for (let time = 0; time < 2; time += 1) {
    await asked((host) => host.transact([{ op: 'deleteEntity', entity: 'audit', key: 'gone' }]));
    await expect(asked((host) => host.getEntity('audit', 'gone'))).resolves.toBeUndefined();
  }
});

test('secrets are kept, read back and deleted', async () => {
  await expect(asked((host) => host.secret('key'))).resolves.toBeUndefined();
  await asked((host) => host.setSecret('key', 'value'));
  await expect(asked((host) => host.secret('key'))).resolves.toBe('value');
  await asked((host) => host.deleteSecret('key'));
  await expect(asked((host) => host.secret('key'))).resolves.toBeUndefined();
});

describe('requests', () => {
  test('carry the bearer and come back with any status, lower-case header names and bytes', async () => {
    const { organizationId, apiKey } = await cloud.createKey(people.orgAdmins[0] ?? '');
    const path = `/admin/v1/orgs/${organizationId}`;
    const good = await asked((host) => host.send('atlassian', 'GET', path, undefined, apiKey, undefined));
    expect(good.status).toBe(200);
    expect(new Map(good.headers).get('content-type')).toContain('application/json');
    expect(JSON.parse(new TextDecoder().decode(good.body))).toMatchObject({ data: { id: organizationId } });
    const bad = await asked((host) => host.send('atlassian', 'GET', path, undefined, 'wrong', undefined));
    expect(bad.status).toBe(401);
  });

  test('that post send JSON as JSON', async () => {
    const { organizationId, apiKey } = await cloud.createKey(people.orgAdmins[0] ?? '');
    const path = `/admin/v2/orgs/${organizationId}/directories/-/users/search`;
    const answer = await asked((host) => host.send('atlassian', 'POST', path, '{"limit":1}', apiKey, undefined));
    expect(answer.status).toBe(200);
  });

  test('that post a form send it as it is, with what Jira asks of forms', async () => {
    const send = (path: string, body: string, boundary?: string) =>
      asked((host) => host.send('jira-as-app', 'POST', path, body, undefined, boundary));
    const paragraph = { type: 'paragraph', content: [{ type: 'text', text: 'x' }] };
    const fields = {
      project: { key: 'APPROVE' },
      issuetype: { id: '10001' },
      summary: 'x',
      description: { type: 'doc', version: 1, content: [paragraph] },
    };
    const made = await send('/rest/api/3/issue', JSON.stringify({ fields }));
    const { key } = JSON.parse(new TextDecoder().decode(made.body)) as { key: string };
    const part = 'Content-Disposition: form-data; name="file"; filename="plan.csv"\r\nContent-Type: text/csv';
    const form = `--edge\r\n${part}\r\n\r\na,ä\r\n\r\n--edge--\r\n`;
    const answer = await send(`/rest/api/3/issue/${key}/attachments`, form, 'edge');
    expect(answer.status).toBe(200);
    expect(JSON.parse(new TextDecoder().decode(answer.body))).toMatchObject([
      { filename: 'plan.csv', mimeType: 'text/csv', size: 6 },
    ]);
  });

  test('go to Jira as the caller, whose permissions count', async () => {
    const path = '/rest/api/3/mypermissions?permissions=ADMINISTER';
    const may = async (accountId: string | undefined) => {
      const { body } = await asked(
        (host) => host.send('jira-as-caller', 'GET', path, undefined, undefined, undefined),
        accountId,
      );
      const { permissions } = JSON.parse(new TextDecoder().decode(body)) as {
        permissions: { ADMINISTER: { havePermission: boolean } };
      };
      return permissions.ADMINISTER.havePermission;
    };
    await expect(may(people.jiraAdmins[0])).resolves.toBe(true);
    await expect(may(people.ordinary[0])).resolves.toBe(false);
    await expect(may(undefined)).rejects.toThrow();
  });

  test('that get no answer reject', async () => {
    const nowhere = new Invocation(jobRequest('work', '{}'), 'http://127.0.0.1:9');
    const send = () => makeHost().send('atlassian', 'GET', '/admin/v1/orgs', undefined, 'key', undefined);
    await expect(within(nowhere, send)).rejects.toThrow();
  });
});

test('mail goes out for an issue, if Jira sends any', async () => {
  const issue = await cloud.makeIssue('OPS', 'Seats');
  const users = people.jiraAdmins.map((accountId) => ({ accountId }));
  const body = JSON.stringify({ subject: 'S', textBody: 'T', to: { users } });
  const path = `/rest/api/3/issue/${issue}/notify`;
  const send = async (on: boolean) => {
    await cloud.setOutgoingMail(on);
    return (await asked((host) => host.send('jira-as-app', 'POST', path, body, undefined, undefined))).status;
  };
  await expect(send(false)).resolves.toBe(403);
  await expect(send(true)).resolves.toBe(204);
  const inbox = await cloud.inbox();
  expect(inbox.map(({ accountId }) => accountId).sort()).toEqual(people.jiraAdmins.toSorted());
  await expect(cloud.eml(1)).resolves.toContain(`<${inbox[0]?.address}>`);
});

test('the platform gives one URL for links, or none', async () => {
  const url = await asked((host) => host.linkUrl());
  expect(url).toMatch(/^http:.*\/x1\/[^/]+$/);
  await expect(asked((host) => host.linkUrl())).resolves.toBe(url);
  vi.spyOn(console, 'error').mockImplementationOnce(() => undefined);
  const nowhere = new Invocation(jobRequest('work', '{}'), 'http://127.0.0.1:9');
  await expect(within(nowhere, () => makeHost().linkUrl())).resolves.toBeUndefined();
});

describe('a message to a webhook', () => {
  const url = 'https://hooks.chat.example/services/T0/abcd?x=1';
  const deliver = () => asked((host) => host.deliver(url, 'one', 't=1,v1=ab', '{"text":"ä"}'));

  test('goes nowhere before an administrator allows its address', async () => {
    await expect(deliver()).rejects.toThrow('EGRESS_ALLOWLIST');
    await expect(cloud.received()).resolves.toEqual([]);
  });

  test('arrives with its id and its signature, and of the answer comes what counts', async () => {
    await cloud.allowEgress('webhook', 'https://hooks.chat.example');
    await expect(deliver()).resolves.toMatchObject({ status: 200, body: new Uint8Array() });
    const [received] = await cloud.received();
    expect(received).toMatchObject({ url, body: '{"text":"ä"}' });
    expect(received?.headers).toEqual(
      expect.arrayContaining([
        ['content-type', 'application/json'],
        ['x-seatkeeper-delivery', 'one'],
        ['x-seatkeeper-signature', 't=1,v1=ab'],
      ]),
    );
    await cloud.setReceiver({ status: 429, retryAfter: 60 });
    const busy = await deliver();
    expect([busy.status, new Map(busy.headers).get('retry-after')]).toEqual([429, '60']);
  });

  test('follows no redirect', async () => {
    await cloud.setReceiver({ status: 307, location: `${service.url}/control/clock` });
    await expect(deliver()).resolves.toMatchObject({ status: 307 });
    await cloud.setReceiver({});
  });
});

test('a job is queued', async () => {
  const before = await cloud.outstanding();
  await asked((host) => host.push('work', '{"job":1}', 900));
  await expect(cloud.outstanding()).resolves.toBe(before + 1);
});

describe('a report of accounts', () => {
  const account = (number: number) => ({ accountId: `712020:${number}`, updatedAt: '2026-11-21T12:00:00Z' });

  test('of any length goes out in batches, one after the other, and nobody has changed', async () => {
    const accounts = Array.from({ length: 181 }, (_, number) => account(number));
    await expect(asked((host) => host.reportAccounts(accounts))).resolves.toEqual([]);
    const { calls } = await cloud.meter();
    expect(calls['privacy.report']).toBe(3);
  });

  test('names whoever closed their account', async () => {
    const users = await cloud.users();
    const closed = users.filter((user) => user['accountStatus'] === 'closed').map(({ accountId }) => accountId);
    expect(closed.length).toBeGreaterThan(0);
    const accounts = closed.map((accountId) => ({ accountId, updatedAt: '2026-11-21T12:00:00Z' }));
    const expected = closed.map((accountId) => ({ accountId, status: 'closed' }));
    await expect(asked((host) => host.reportAccounts(accounts))).resolves.toEqual(expected);
  });

  test('that is not taken says the status', async () => {
    const wrong = [{ accountId: '712020:1', updatedAt: 'yesterday' }];
    await expect(asked((host) => host.reportAccounts(wrong))).rejects.toThrow('status 400');
  });
});

test("time and randomness are the platform's", async () => {
  const [now, left, random] = await asked((host) =>
    Promise.resolve([host.now(), host.timeLeft(), host.random()] as const),
  );
  expect(Math.abs(now - Date.now())).toBeLessThan(5_000);
  expect(left).toBeGreaterThan(890_000);
  expect(random).toHaveLength(16);
});
