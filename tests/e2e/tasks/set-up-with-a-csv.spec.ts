import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CloudUser } from '../../demonstration/cloud.ts';
import { inBothThemes } from '../both-themes.ts';
import { Site, required } from '../site.ts';

const PLACE = 'Jira Software - acme.atlassian.net';
const HEAD = `User id,User name,email,User status,Added to org,${PLACE},Last seen in ${PLACE}`;

const DAY = 86_400_000;
/** A day as an export writes it. */
const written = (daysAgo: number): string =>
  new Date(Date.now() - daysAgo * DAY).toLocaleDateString('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

/** An export of today, in which every third was last seen long ago. */
const exportOf = (users: CloudUser[]): string => [HEAD, ...users.map(row), ''].join('\n');
const isIdle = (index: number): boolean => index % 3 === 0;
const row = ({ accountId }: CloudUser, index: number): string =>
  `${accountId},Person ${index},person${index}@example.com,Active,1 Jan 2024,User,${written(isIdle(index) ? 300 : 2)}`;

/** The task: look at one's own organization before any key is made. */
describe('the first start without a key', () => {
  let site: Site;

  beforeAll(async () => {
    site = await Site.open({ users: 60 });
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  test('an export is uploaded, and shows who is idle', async () => {
    const users = await site.stage.cloud.users();
    const view = await site.look({ as: required(site.people.orgAdmins, 0), height: 1500 });
    const { page, outer } = view;
    await page.getByText('Or begin without a key').waitFor();
    const file = { name: 'export-users.csv', mimeType: 'text/csv', buffer: Buffer.from(exportOf(users)) };
    await page.getByLabel('Export (CSV)').setInputFiles(file);
    await page.getByLabel('Day on which it was made').fill(new Date().toISOString().slice(0, 10));
    await page.getByRole('button', { name: 'Upload the export' }).click();
    await outer.getByText('The export is in use').waitFor();
    await page
      .getByText(/seats free/)
      .first()
      .waitFor();
    await inBothThemes(view, 'task-csv');

    await page.getByRole('link', { name: 'idle people' }).click();
    await page.getByText(/^\d+ of \d+ users/).waitFor();
    await inBothThemes(view, 'task-csv-idle');
    // Jira says who holds a seat, the export who was seen when.
    const shown = await page.locator('.people-count').innerText();
    expect(Number(shown.split(' ')[0])).toBeGreaterThan(0);
    for (const [index, { accountId }] of users.slice(0, 12).entries()) {
      await page.getByLabel('Search by name').fill(accountId);
      const found = isIdle(index) ? /^[01] of \d+ users/ : /^0 of \d+ users/;
      await page.getByText(found).waitFor();
    }
  });

  test('and nobody can be acted on', async () => {
    const view = await site.look({ as: required(site.people.orgAdmins, 0), path: '/people', height: 1200 });
    await view.page.getByRole('button', { name: /^Choose all/ }).click();
    expect(await view.page.getByRole('button', { name: /^Act on chosen/ }).isDisabled()).toBe(true);
  });
});
