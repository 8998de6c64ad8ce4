import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { NewsItem, NewsMessage } from '../../static/admin/gen/types.ts';
import { awaitRun, follow } from '../demonstration/follow.ts';
import { findings } from './axe.ts';
import { inBothThemes } from './both-themes.ts';
import { openTicked } from './prepared-site.ts';
import { required, type Look, type Site } from './site.ts';

/** What administrators are told at the top of the page without asking. */
describe('the news', () => {
  let site: Site;
  /** A run that is held. */
  let held: string;

  beforeAll(async () => {
    site = await openTicked(400);
    const viewer = site.administrator();
    held = (await awaitRun(viewer)).id;
    expect((await follow(viewer, held, () => undefined)).state).toBe('held');
    await lookForNews();
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  const news = async () => (await site.administrator().command('news', { command: 'news' })).items;

  /** The schedule looks for news whenever it comes. */
  const lookForNews = async (): Promise<void> => {
    await site.stage.cloud.fireTrigger('tick-schedule');
    await vi.waitUntil(async () => (await news()).some(({ run }) => run === held), SOON);
  };

  const open = (look: Partial<Look> = {}) => site.look({ as: required(site.people.orgAdmins, 0), ...look });

  test('count what is new, lead to the run that waits, and are seen after that', async () => {
    const { length } = await news();
    const view = await open();
    const { page, outer, close } = view;
    await page.getByRole('button', { name: `News, ${length} new`, exact: true }).click();
    const panel = page.getByRole('dialog', { name: 'News' });
    const run = panel.getByRole('article').filter({ hasText: 'Idle contractors: held' });
    await run.getByText(/Nothing is done until an approver releases or rejects it/).waitFor();
    expect(await panel.getByText('new', { exact: true }).count()).toBe(length);
    await inBothThemes(view, 'news');
    await run.getByRole('link', { name: 'See the run' }).click();
    await panel.waitFor({ state: 'detached' });
    await expect.poll(() => outer.url()).toContain(`/runs/${held}`);
    await page.getByRole('heading', { name: 'Idle contractors' }).first().waitFor();

    await outer.reload();
    await page.getByRole('button', { name: 'News', exact: true }).click();
    await run.waitFor();
    expect(await panel.getByText('new', { exact: true }).count()).toBe(0);
    await close();

    const other = await open({ as: required(site.people.orgAdmins, 1) });
    await other.page.getByRole('button', { name: `News, ${length} new`, exact: true }).waitFor();
    await other.close();
  });

  test('are opened and closed with the keyboard', async () => {
    const { page, outer, close } = await open();
    const bell = page.getByRole('button', { name: /^News, \d+ new$/ });
    await bell.focus();
    await outer.keyboard.press('Enter');
    const panel = page.getByRole('dialog', { name: 'News' });
    await panel.getByRole('article').first().waitFor();
    await outer.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    const closed = page.getByRole('button', { name: 'News', exact: true });
    expect(await closed.evaluate((button) => button === document.activeElement)).toBe(true);
    await close();
  });

  test('say what became of the message about them', async () => {
    const items = MESSAGES.map(([message, why], at) => item(at, message, why));
    const view = await open({
      told: ({ command }) => (command === 'news' ? { answer: { answer: 'news', items } } : undefined),
    });
    const { page, close } = view;
    await page.getByRole('button', { name: `News, ${items.length} new`, exact: true }).click();
    const articles = page.getByRole('dialog', { name: 'News' }).getByRole('article');
    for (const [at, [, , text]] of MESSAGES.entries()) {
      const article = articles.filter({ hasText: `Piece ${at}` });
      await article.getByText(`Text ${at}`).waitFor();
      if (text) await article.getByText(text, { exact: true }).waitFor();
      else expect(await article.getByText(/message to administrators/).count()).toBe(0);
    }
    await inBothThemes(view, 'news-messages');
    await close();
  });

  test('say so where there are none, in German as well', async () => {
    const view = await open({
      locale: 'de_DE',
      told: ({ command }) => (command === 'news' ? { answer: { answer: 'news', items: [] } } : undefined),
    });
    await view.page.getByRole('button', { name: 'Neuigkeiten', exact: true }).click();
    await view.page.getByRole('dialog', { name: 'Neuigkeiten' }).getByText('Nichts Neues').waitFor();
    expect(await findings(view)).toEqual([]);
    await view.close();
  });
});

/** In seconds. */
const SOON = { timeout: 20_000 };

const MESSAGES: readonly [NewsMessage, why: string | null, text: string | undefined][] = [
  ['nobody', null, undefined],
  ['waiting', null, 'The message to administrators is to be sent.'],
  ['trying', null, 'The message to administrators is being sent.'],
  ['sent', null, 'The message to administrators was sent.'],
  [
    'unclear',
    'no answer came',
    'It is not known whether the message to administrators was sent; it is not sent again. No answer came.',
  ],
  ['refused', 'there is no such issue', 'The message to administrators was refused. There is no such issue.'],
];

const item = (at: number, message: NewsMessage, why: string | null): NewsItem => ({
  key: `piece:${at}`,
  at: '2026-11-22T10:00:00Z',
  title: `Piece ${at}`,
  text: `Text ${at}`,
  run: null,
  message,
  why,
});
