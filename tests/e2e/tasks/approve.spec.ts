import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inBothThemes } from '../both-themes.ts';
import { required, type Site } from '../site.ts';
import { openConnected, withStatus } from './connected.ts';

/** The task: look through somebody else's plan, spare one of them, and approve the rest. */
describe('a plan that waits for an approval', () => {
  let site: Site;
  let run: string;
  let planned: string[];

  beforeAll(async () => {
    site = await openConnected();
    const { idleContractors } = site.people;
    planned = [0, 1, 2].map((index) => required(idleContractors, index));
    const started = await site.administrator().command('run', {
      command: 'actOn',
      people: planned,
      errand: { stage: { stage: JSON.stringify({ after: '0d', do: 'suspend' }) } },
      idle: '60d',
      evenIfActive: false,
      dry: false,
      reason: 'the project is over',
    });
    run = started.id;
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  test('is not approved by whoever made it', async () => {
    const view = await site.look({ as: required(site.people.orgAdmins, 0), path: `/runs/${run}` });
    await view.page.getByRole('button', { name: /^Approve/ }).click();
    const dialog = view.page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('I know what I do');
    await dialog.getByRole('button', { name: /^Approve/ }).click();
    await view.page.getByRole('alert').getByText('The run was not approved').waitFor();
    await inBothThemes(view, 'task-approve-refused');
    await view.close();
  });

  test('leads a second administrator from the overview to the people, spares one and takes the others', async () => {
    const before = await withStatus(site, 'suspended');
    const view = await site.look({ as: required(site.people.orgAdmins, 1), height: 1200 });
    const { page } = view;
    await page.getByRole('link', { name: /See who/ }).click();
    const spared = page.getByRole('row').filter({ has: page.getByRole('button', { name: /^Hold out/ }) });
    await spared.first().waitFor();
    expect(await spared.count()).toBe(planned.length);
    await spared
      .first()
      .getByRole('button', { name: /^Hold out/ })
      .click();
    await page.getByRole('button', { name: /^Approve/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(new RegExp(`^suspend ${planned.length - 1} (person|people)$`)).waitFor();
    await dialog
      .getByText(/1 person/)
      .first()
      .waitFor();
    await dialog.getByLabel('Reason').fill('one of them moves to another team');
    await inBothThemes(view, 'task-approve');
    await dialog.getByRole('button', { name: /^Approve/ }).click();
    await page.getByText('Done', { exact: true }).waitFor();
    await page.getByText(/one of them moves to another team/).waitFor();
    const after = await withStatus(site, 'suspended');
    const taken = planned.filter((account) => after.has(account) && !before.has(account));
    expect(taken).toHaveLength(planned.length - 1);
    expect(after.size).toBe(before.size + taken.length);
    await inBothThemes(view, 'task-approved');
    await view.close();
  });
});
