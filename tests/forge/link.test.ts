import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LinkAnswer, LinkRequest } from '../../forge-app/gen/types';
import { link } from '../../forge-app/link';
import { setStage, type Stage } from '../demonstration/stage.ts';

interface StubbedCore {
  link(host: unknown, request: LinkRequest): Promise<LinkAnswer>;
}

const core = vi.hoisted(() => ({ link: vi.fn<StubbedCore['link']>() }));
vi.mock('../../forge-app/core', () => ({ withCore: (call: (stub: StubbedCore) => unknown) => call(core) }));

const form = { 'Content-Type': ['application/x-www-form-urlencoded'] };
const token = { t: ['token'] };

describe('the core is handed', () => {
  beforeEach(() => {
    core.link.mockReset().mockResolvedValue({ outputKey: 'kept' });
  });

  test.each([
    ['a look', { method: 'GET', queryParameters: token }, { method: 'GET', token: 'token' }],
    ['a look at the head', { method: 'HEAD', queryParameters: token }, { method: 'GET', token: 'token' }],
    ['nothing but a look', { method: 'PUT', queryParameters: token, body: 'a' }, { method: 'GET', token: 'token' }],
    ['nothing but a look', {}, { method: 'GET', token: '' }],
    [
      'no reason with a look',
      { method: 'GET', headers: form, queryParameters: token, body: 'reason=a' },
      { method: 'GET', token: 'token' },
    ],
    ['a press', { method: 'POST', queryParameters: { t: ['first', 'second'] } }, { method: 'POST', token: 'first' }],
    [
      'its reason',
      { method: 'POST', headers: form, queryParameters: token, body: 'reason=+I+work%0D%0Aon+%C3%A4%26b+&other=c' },
      { method: 'POST', token: 'token', reason: 'I work\non ä&b' },
    ],
    [
      'its reason, whatever the case of the header',
      {
        method: 'POST',
        headers: { 'CONTENT-TYPE': ['Application/X-WWW-Form-Urlencoded; charset=UTF-8'] },
        queryParameters: token,
        body: 'reason=a',
      },
      { method: 'POST', token: 'token', reason: 'a' },
    ],
    [
      'no empty reason',
      { method: 'POST', headers: form, queryParameters: token, body: 'reason=+' },
      { method: 'POST', token: 'token' },
    ],
    [
      'no reason that is no form',
      { method: 'POST', headers: { 'content-type': ['text/plain'] }, queryParameters: token, body: 'reason=a' },
      { method: 'POST', token: 'token' },
    ],
  ])('%s', async (_, request, expected) => {
    await expect(link(request)).resolves.toEqual({ outputKey: 'kept' });
    expect(core.link).toHaveBeenCalledOnce();
    expect(core.link.mock.lastCall?.[1]).toEqual(expected);
  });

  test.each([
    [2_000, true],
    [2_001, false],
  ])('a reason of %d characters: %s', async (length, taken) => {
    // Two lines, and characters of more than one unit.
    const reason = `${'👋'.repeat(length - 2)}\na`;
    const body = new URLSearchParams({ reason: reason.replace('\n', '\r\n') }).toString();
    await link({ method: 'POST', headers: form, queryParameters: token, body });
    expect(core.link.mock.lastCall?.[1].reason).toBe(taken ? reason : undefined);
  });

  test('and where it fails, the page says to try later', async () => {
    core.link.mockRejectedValue(new Error('storage'));
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await expect(link({ method: 'POST', queryParameters: token })).resolves.toEqual({ outputKey: 'try-later' });
    expect(logged).toHaveBeenCalledOnce();
    logged.mockRestore();
  });
});

describe('at its URL', () => {
  let stage: Stage;
  let url: string;

  beforeAll(async () => {
    stage = await setStage({ users: 60, seed: 1, latency: 'off' });
    const query = 'mutation { createWebTriggerUrl(input: $input, forceCreate: $forceCreate) { url } }';
    const variables = { input: { triggerKey: 'link-trigger' }, forceCreate: false };
    const asked = { method: 'POST', body: JSON.stringify({ query, variables }) };
    const made = (await (await fetch(`${stage.cloud.url}/forge/graphql`, asked)).json()) as {
      data: { createWebTriggerUrl: { url: string } };
    };
    url = made.data.createWebTriggerUrl.url;
  });
  afterAll(() => {
    stage.stop();
  });

  test('a link without a token shows a page and gives nothing away', async () => {
    const seen = await fetch(url);
    expect(seen.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(seen.headers.get('content-security-policy')).toContain("default-src 'none'");
    await expect(seen.text()).resolves.toContain('<html lang="en">');
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([seen.status, '']);
    const pressed = await fetch(url, { method: 'POST', body: new URLSearchParams({ reason: 'a' }) });
    expect(pressed.status).toBe(410);
    await expect(pressed.text()).resolves.toContain('This link cannot be used');
  });

  test('what leads nowhere is not there', async () => {
    expect((await fetch(`${url}0`)).status).toBe(404);
  });
});
