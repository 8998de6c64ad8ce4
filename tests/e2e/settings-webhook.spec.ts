import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ReceivedMessage } from '../demonstration/cloud.ts';
import { awaitRun, follow } from '../demonstration/follow.ts';
import { inBothThemes } from './both-themes.ts';
import { openTicked } from './prepared-site.ts';
import { required, showAll, type Look, type Site } from './site.ts';

const URL = 'https://hooks.chat.example/services/T0/quite-hidden/abcd';
const SOON = { timeout: 60_000, interval: 500 };

/** The webhook to which the news goes. */
describe('the webhook', () => {
  let site: Site;
  /** The key that signs now, as the page showed it once. */
  let key: string;

  beforeAll(async () => {
    site = await openTicked();
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  const look = (more: Partial<Look> = {}) =>
    site.look({ as: required(site.people.orgAdmins, 0), path: '/settings/notices', ...more });
  const webhook = async () => (await site.administrator().command('overview', { command: 'overview' })).webhook;
  const received = () => site.stage.cloud.received();

  test('is off at first, and is saved with the key that is shown once when Atlassian is told that it may', async () => {
    const view = await look();
    const { page, outer, close } = view;
    await page.getByText('none: nothing leaves Atlassian').waitFor();
    await page.getByRole('button', { name: 'Enter an address' }).click();
    const dialog = page.getByRole('dialog');
    const save = dialog.getByRole('button', { name: 'Save' });
    await dialog.getByLabel('Address').fill('http://hooks.chat.example');
    await save.click();
    await dialog.getByText('Enter an address such as https://', { exact: false }).waitFor();
    await dialog.getByLabel('Address').fill(URL);
    await inBothThemes(view, 'settings-webhook-address');

    const question = outer.getByRole('dialog', { name: 'Allow the app to send data?' });
    await save.click();
    await question.getByText('https://hooks.chat.example').waitFor();
    await question.getByRole('button', { name: 'Cancel' }).click();
    await dialog.getByText('Atlassian did not let the app send to this address', { exact: false }).waitFor();
    expect(view.commands).not.toContain('setWebhook');

    await save.click();
    await question.getByRole('button', { name: 'Allow' }).click();
    const shown = page.getByRole('dialog', { name: 'The key that signs messages' });
    key = await shown.getByRole('code').innerText();
    expect(key).toHaveLength(44);
    await inBothThemes(view, 'settings-webhook-key');
    await shown.getByRole('button', { name: 'I do not need it any more' }).click();
    await page.getByText('hooks.chat.example, an address that ends with abcd').waitFor();
    await page.getByRole('button', { name: 'Change the webhook' }).scrollIntoViewIfNeeded();
    await showAll(view);
    await inBothThemes(view, 'settings-webhook');
    expect(await webhook()).toMatchObject({ host: 'hooks.chat.example', ending: 'abcd' });
    await close();
  });

  test('says whether a test message arrives', async () => {
    const { page, outer, close } = await look();
    const button = page.getByRole('button', { name: 'Send a test message' });
    await button.click();
    await outer.getByText('The receiver took the test message').waitFor();
    expect((await received()).map((one) => [one.url, isSigned(one, key)])).toEqual([[URL, true]]);
    await site.stage.cloud.setReceiver({ status: 500 });
    await button.click();
    await page.getByRole('alert').getByText('The receiver answered with status 500.').waitFor();
    await site.stage.cloud.setReceiver({});
    await close();
  });

  test('gets a new key, and the news with it', async () => {
    const { page, close } = await look();
    await page.getByRole('button', { name: 'Make a new key' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Make a new key' }).click();
    const shown = page.getByRole('dialog', { name: 'The key that signs messages' });
    const renewed = await shown.getByRole('code').innerText();
    expect(renewed).not.toBe(key);
    key = renewed;
    await shown.getByRole('button', { name: 'I do not need it any more' }).click();
    await close();

    const viewer = site.administrator();
    expect((await follow(viewer, (await awaitRun(viewer)).id, () => undefined)).state).toBe('held');
    const before = (await received()).length;
    await site.stage.cloud.fireTrigger('tick-schedule');
    await vi.waitUntil(async () => (await received()).length > before, SOON);
    const message = (await received()).at(-1);
    expect(message && isSigned(message, key)).toBe(true);
    expect(message?.body).toContain('Idle contractors: held');
    const other = await look();
    await other.page.getByRole('button', { name: /^News/ }).click();
    await other.page.getByText('The webhook took the message.').first().waitFor();
    await other.close();
  });

  test('is given up, and nothing is allowed any more', async () => {
    const { page, outer, close } = await look({ locale: 'de_DE' });
    await page.getByRole('button', { name: 'Webhook ändern' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Nichts senden' }).click();
    await outer.getByText('An einen Webhook wird nichts mehr gesendet').waitFor();
    await page.getByText('keiner: nichts verlässt Atlassian').waitFor();
    expect(await webhook()).toBeNull();
    await close();
  });
});

/** What a receiver does with a message before it believes it. */
function isSigned({ headers, body }: ReceivedMessage, key: string): boolean {
  const signature = new Map(headers).get('x-seatkeeper-signature') ?? '';
  const [, time = '', v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
  return v1 === createHmac('sha256', key).update(`${time}.${body}`).digest('hex');
}
