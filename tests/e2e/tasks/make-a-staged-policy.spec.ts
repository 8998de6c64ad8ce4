import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inBothThemes } from '../both-themes.ts';
import { required, type Site, type View } from '../site.ts';
import { openConnected } from './connected.ts';

/** The task: make a policy whose stages follow each other, without writing JSON. */
describe('a policy in stages', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openConnected();
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  const choose = async ({ page }: View, label: string, option: string): Promise<void> => {
    await page.getByLabel(label, { exact: true }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };

  const documentIn = async ({ page }: View): Promise<unknown> => {
    await page.getByRole('tab', { name: 'JSON' }).click();
    return JSON.parse(await page.getByLabel('Document (JSON)').inputValue()) as unknown;
  };

  test('is made in the form, with a preview at every step', async () => {
    const view = await site.look({ as: required(site.people.orgAdmins, 0), path: '/policies/new', height: 1400 });
    const { page, outer } = view;
    const preview = page.getByRole('region', { name: 'Preview' });
    await page.getByLabel('Name', { exact: true }).fill('Suspended, then deactivated');
    await page.getByLabel('Id', { exact: true }).fill('in-two-stages');
    await preview.getByText('Some who match, and why').waitFor();
    const before = Number(await preview.locator('.figure-value').first().innerText());
    expect(before).toBeGreaterThan(0);

    await page.getByLabel('Longer than', { exact: true }).fill('400');
    await page
      .getByText(/more than 400 days ago/)
      .first()
      .waitFor();
    await expect
      .poll(async () => Number(await preview.locator('.figure-value').first().innerText()))
      .toBeLessThan(before);
    await inBothThemes(view, 'policy-who');

    await page.getByRole('button', { name: 'Next step' }).click();
    await page.getByRole('button', { name: 'Add stage' }).click();
    const second = page.getByRole('group', { name: 'Stage 2' });
    await second.getByLabel('After', { exact: true }).fill('21');
    await second.getByRole('button', { name: /^Remove Suspend/ }).click();
    await second.getByLabel('What is done', { exact: true }).click();
    await page.getByRole('option', { name: /^Deactivate/ }).click();
    await page
      .getByText(/21 days/)
      .first()
      .waitFor();
    await inBothThemes(view, 'policy-what');

    await page.getByRole('button', { name: 'Next step' }).click();
    await choose(view, 'When it runs', 'Again and again');
    await page.getByRole('region', { name: 'Next five runs' }).getByRole('listitem').nth(4).waitFor();
    await inBothThemes(view, 'policy-schedule');

    await page.getByRole('button', { name: 'Next step' }).click();
    await page.getByLabel('At most so many people').fill('10');
    await inBothThemes(view, 'policy-limits');
    expect(await documentIn(view)).toMatchObject({
      id: 'in-two-stages',
      stages: [
        { after: '0d', do: 'suspend' },
        { after: '21d', do: 'deactivate' },
      ],
      schedule: { every: { n: 1, unit: 'week' }, on: 'mon', at: '06:00' },
      limits: { users: 10, percent: 5 },
    });
    await page.getByRole('button', { name: 'Save policy' }).click();
    await page.getByRole('link', { name: 'Suspended, then deactivated' }).waitFor();
    await outer.getByText('“Suspended, then deactivated” was saved').waitFor();
  });
});
