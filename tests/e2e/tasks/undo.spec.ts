import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { follow } from '../../demonstration/follow.ts';
import { inBothThemes } from '../both-themes.ts';
import { required, type Site } from '../site.ts';
import { openConnected, withStatus } from './connected.ts';

/** The task: take back what a run did, to one person or to all. */
describe('a run that suspended people', () => {
  let site: Site;
  let run: string;
  let before: Set<string>;

  beforeAll(async () => {
    site = await openConnected();
    before = await withStatus(site, 'suspended');
    const [first, second] = [site.administrator(), site.administrator(1)];
    const { id } = await first.command('run', {
      command: 'actOn',
      people: [0, 1, 2].map((index) => required(site.people.idleContractors, index)),
      errand: { stage: { stage: JSON.stringify({ after: '0d', do: 'suspend' }) } },
      idle: '60d',
      evenIfActive: false,
      dry: false,
      reason: 'the project is over',
    });
    run = id;
    await follow(first, run, () => undefined);
    await second.command('run', { command: 'approveRun', run, reason: 'read the plan', holdOut: [] });
    await follow(first, run, () => undefined);
    expect((await withStatus(site, 'suspended')).size).toBe(before.size + 3);
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  test('is taken back for one of them, and both runs lead to each other', async () => {
    const view = await site.look({ as: required(site.people.orgAdmins, 0), path: `/runs/${run}`, height: 1200 });
    const { page } = view;
    await page.getByRole('cell', { name: 'Suspend.', exact: true }).first().waitFor();
    await page
      .getByRole('button', { name: /^Take back / })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/^Take back what was done to /).waitFor();
    await dialog.getByText('restore 1 person').waitFor();
    await dialog.getByText(/revoked API tokens do not come back/).waitFor();
    await inBothThemes(view, 'take-back');
    await dialog.getByLabel('Reason').fill('back from leave');
    await dialog.getByRole('button', { name: 'Take back' }).click();
    await page.getByText('Takes another run back').waitFor();
    await page.getByText('Done', { exact: true }).waitFor();
    await page.getByText(/back from leave/).waitFor();
    await page.getByRole('cell', { name: 'Restore.', exact: true }).waitFor();
    await inBothThemes(view, 'taken-back');
    const taker = decodeURIComponent(view.outer.url().split('/').at(-1) ?? '');
    expect((await withStatus(site, 'suspended')).size).toBe(before.size + 2);

    await page.getByRole('link', { name: 'what this run did to some people' }).click();
    await page.getByText('Taken back by').waitFor();
    await page.getByRole('button', { name: 'Take the run back' }).waitFor();
    await page.getByRole('link', { name: taker }).click();
    await page.getByText('Takes another run back').waitFor();
    await view.close();
  });

  test('is taken back as a whole: in a dry run first, and for good from there', async () => {
    const view = await site.look({ as: required(site.people.orgAdmins, 0), path: `/runs/${run}`, height: 1200 });
    const { page } = view;
    await page.getByRole('button', { name: 'Take the run back' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/^Dry run: only show/).check();
    await dialog.getByLabel('Reason').fill('to see what it would do');
    await inBothThemes(view, 'take-back-dry');
    await dialog.getByRole('button', { name: 'Dry run' }).click();
    await page.getByText('Dry run done').waitFor();
    expect((await withStatus(site, 'suspended')).size).toBe(before.size + 2);

    await page.getByRole('button', { name: 'Take back now' }).click();
    await inBothThemes(view, 'take-back-now');
    await dialog.getByLabel('Reason').fill('they are all back');
    await dialog.getByRole('button', { name: 'Take back' }).click();
    await page.getByText(/they are all back/).waitFor();
    await page.getByText('Done', { exact: true }).waitFor();
    expect(await withStatus(site, 'suspended')).toEqual(before);
    await view.close();
  });
});
