import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findings } from './axe.ts';
import { inBothThemes } from './both-themes.ts';
import { openTicked } from './prepared-site.ts';
import { required, screenshot, type Site } from './site.ts';

/** How people are written to. */
describe('the messages', () => {
  let site: Site;
  /** One that the app may browse. */
  let issue: string;

  beforeAll(async () => {
    site = await openTicked();
    issue = await site.stage.cloud.makeIssue('LIFE', 'Seats that nobody uses');
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  const notices = async () =>
    (await site.administrator().command('overview', { command: 'overview' })).settings.notices ?? null;

  const as = () => required(site.people.orgAdmins, 0);

  test.each(['light', 'dark'] as const)('are none at first, and asked for in a dialog (%s)', async (theme) => {
    const view = await site.look({ as: as(), path: '/settings/notices', theme });
    const { page, outer, close } = view;
    await page.getByText('none: no policy can warn anybody').waitFor();
    expect(await findings(view)).toEqual([]);
    await page.getByRole('button', { name: 'Change how people are written to' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Fill this in').first().waitFor();
    await outer.waitForTimeout(500);
    await screenshot(view, `settings-notices-${theme}`);
    expect(await findings(view)).toEqual([]);
    expect(view.commands).not.toContain('setNotices');
    await close();
  });

  test('are said once they are saved, and can be given up', async () => {
    const view = await site.look({ as: as(), path: '/settings/notices' });
    const { page, close } = view;
    const change = page.getByRole('button', { name: 'Change how people are written to' });
    await change.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Sent from the issue').fill('life 1');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('an issue is named by its key', { exact: false }).waitFor();
    await dialog.getByLabel('Sent from the issue').fill('LIFE-99');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Jira shows the app no issue LIFE-99', { exact: false }).waitFor();
    await dialog.getByLabel('Sent from the issue').fill(issue);
    const browses = dialog.getByLabel('Everybody who is written to may browse this project');
    expect(await browses.isChecked()).toBe(false);
    await browses.check();
    await dialog.getByLabel('Sent from the issue').fill('OTHER-1');
    expect(await browses.isChecked()).toBe(false);
    await dialog.getByLabel('Sent from the issue').fill(issue);
    expect(await browses.isChecked()).toBe(true);
    await dialog.getByLabel('Whom people can ask').fill('it@acme.example');
    await dialog.getByLabel('How often a person may use one').fill('2');
    expect(await dialog.getByLabel('none: warnings hold no such link').isChecked()).toBe(true);
    await dialog.getByLabel('gives back what was taken, as long as a seat is free').check();
    await dialog.getByLabel('Message when an access is back').check();
    await inBothThemes(view, 'settings-notices-back');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('keeps the access for 90 days, at most 2 times for each policy').waitFor();
    await page.getByText('gives back what was taken, as long as a seat is free').waitFor();
    await page.getByText('everybody who is written to, as was confirmed').waitFor();
    await screenshot(view, 'settings-notices-set');
    const saved = {
      issue,
      everybodyBrowses: true,
      contact: 'it@acme.example',
      mostWarned: 250,
      keepDays: 90,
      keepTimes: 2,
      giveBack: 'restore',
      reports: null,
      tellRestored: true,
    };
    await page.getByText('whoever gets an access back is told so').waitFor();
    expect(await notices()).toEqual(saved);

    for (const [answer, giveBack] of [
      ['asks a second person, who approves or rejects it', 'ask'],
      ['none: warnings hold no such link', null],
    ] as const) {
      await change.click();
      await dialog.getByLabel(answer).check();
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText(answer).waitFor();
      expect(await notices()).toEqual({ ...saved, giveBack });
    }
    await change.click();
    await dialog.getByRole('button', { name: 'Write to nobody' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await notices()).toBeNull();
    await close();
  });

  test('come from an issue that the app creates, and warn nobody before somebody confirms who may browse it', async () => {
    const view = await site.look({ as: as(), path: '/settings/notices', height: 1100 });
    const { page, outer, close } = view;
    const change = page.getByRole('button', { name: 'Change how people are written to' });
    await change.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Have an issue created' }).click();
    const project = dialog.getByLabel('Project’s key');
    const create = dialog.getByRole('button', { name: 'Create the issue' });
    await project.fill('HR');
    await create.click();
    await dialog.getByText('Jira shows the app no project HR', { exact: false }).waitFor();
    await project.fill('LIFE');
    await inBothThemes(view, 'settings-notices-issue');
    await create.click();
    await create.waitFor({ state: 'detached' });
    const made = await dialog.getByLabel('Sent from the issue').inputValue();
    expect(made).toMatch(/^LIFE-\d+$/);
    await outer.getByText(`${made} was created`).waitFor();
    const save = dialog.getByRole('button', { name: 'Save' });
    await save.click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('not confirmed: nobody is warned').waitFor();
    expect(await notices()).toMatchObject({ issue: made, everybodyBrowses: false });

    await change.click();
    await dialog.getByLabel('Everybody who is written to may browse this project').check();
    await save.click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('everybody who is written to, as was confirmed').waitFor();
    expect(view.commands.filter((command) => command === 'createNoticesIssue')).toHaveLength(2);
    await site.administrator().command('settings', { command: 'setNotices', notices: null });
    await close();
  });

  test('are tried by one to whoever is at the page, over the issue as it is typed', async () => {
    const { cloud } = site.stage;
    const before = (await cloud.inbox()).length;
    const { page, outer, commands, close } = await site.look({ as: as(), path: '/settings/notices' });
    await page.getByRole('button', { name: 'Change how people are written to' }).click();
    const dialog = page.getByRole('dialog');
    const send = dialog.getByRole('button', { name: 'Send me a test message' });
    expect(await send.isDisabled()).toBe(true);
    const typed = dialog.getByLabel('Sent from the issue');
    await typed.fill(issue);
    await send.click();
    await outer.getByText('Jira took the test message').waitFor();
    // Whoever has no product of Jira there gets none: Jira takes it all the same.
    for (const mail of (await cloud.inbox()).slice(before)) {
      expect([mail.accountId, mail.issue, mail.subject]).toEqual([as(), issue, 'Seatkeeper: This is a test']);
    }

    await cloud.setOutgoingMail(false);
    await send.click();
    await dialog.getByText('outgoing mail is off', { exact: false }).waitFor();
    await cloud.setOutgoingMail(true);
    // What came of one issue says nothing of another.
    await typed.fill('LIFE-99');
    await dialog.getByText('outgoing mail is off', { exact: false }).waitFor({ state: 'detached' });
    await send.click();
    await dialog.getByText('Jira shows the app no issue LIFE-99', { exact: false }).waitFor();
    expect(commands).not.toContain('setNotices');
    await close();
  });

  const MESSAGES = {
    everybodyBrowses: true,
    contact: 'it@acme.example',
    mostWarned: 9,
    keepDays: 30,
    keepTimes: null,
    giveBack: 'ask' as const,
    tellRestored: false,
  };

  test('say in the organization’s own words, by language, that an access is back', async () => {
    const administrator = site.administrator();
    await administrator.command('settings', { command: 'setNotices', notices: { ...MESSAGES, issue, reports: null } });
    const view = await site.look({ as: as(), path: '/settings/notices', height: 1300 });
    const { page, close } = view;
    await page.getByRole('button', { name: 'Change how people are written to' }).click();
    const dialog = page.getByRole('dialog');
    const words = dialog.getByLabel('Its words');
    expect(await words.count()).toBe(0);
    await dialog.getByLabel('Message when an access is back').check();
    await words.fill('Welcome back\nHello {name}, ask {keepLink}');
    const save = dialog.getByRole('button', { name: 'Save' });
    await save.click();
    await dialog.getByText('knows {name}, {contact} and {policy}', { exact: false }).waitFor();
    await words.fill('Welcome back\nHello {name}');
    await dialog.getByLabel('Words for another language').click();
    await dialog.getByText('French', { exact: true }).click();
    await dialog.getByLabel('Message: French').fill('De retour\nBonjour {name}');
    await inBothThemes(view, 'settings-notices-own-words');
    await save.click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('in your words, of which there are 2 by language').waitFor();
    const restoredWords = { default: 'Welcome back\nHello {name}', fr: 'De retour\nBonjour {name}' };
    expect(await notices()).toMatchObject({ tellRestored: true, restoredWords });
    await administrator.command('settings', { command: 'setNotices', notices: null });
    await close();
  });

  test('hold links that do something of their own for single policies', async () => {
    const administrator = site.administrator();
    await administrator.command('settings', { command: 'setNotices', notices: { ...MESSAGES, issue, reports: null } });
    const document = {
      version: 1,
      id: 'warned-first',
      name: 'Warned first',
      enabled: false,
      match: { all: [{ status: ['active'] }, { idle: { longerThan: '90d' } }] },
      stages: [
        { after: '0d', do: 'warn' },
        { after: '14d', do: 'suspend' },
      ],
    };
    await administrator.command('saved', { command: 'savePolicy', document: JSON.stringify(document) });
    const view = await site.look({ as: as(), path: '/settings/notices', height: 1100 });
    const { page, close } = view;
    const change = page.getByRole('button', { name: 'Change the links of Warned first' });
    const dialog = page.getByRole('dialog');
    const row = page.getByRole('row', { name: /Warned first/ });
    await row.getByText('as for every policy').first().waitFor();
    await change.click();
    expect(await dialog.getByLabel('asks a second person, who approves or rejects it').isChecked()).toBe(true);
    await dialog.getByLabel('A warning’s link keeps the access for, in days').fill('7');
    await dialog.getByLabel('gives back what was taken, as long as a seat is free').check();
    await inBothThemes(view, 'settings-policy-links');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await row.getByText('keeps the access for 7 days').waitFor();
    await inBothThemes(view, 'settings-policy-links-set');
    const links = { keepDays: 7, keepTimes: null, giveBack: 'restore' };
    expect((await notices())?.policies).toEqual([{ policy: 'warned-first', links }]);
    await change.click();
    await dialog.getByRole('button', { name: 'as for every policy' }).click();
    await dialog.waitFor({ state: 'detached' });
    await row.getByText('as for every policy').first().waitFor();
    expect((await notices())?.policies).toBeUndefined();
    await administrator.command('settings', { command: 'setNotices', notices: null });
    await close();
  });

  test('report to administrators, which neither of the two dialogs forgets for the other', async () => {
    const first = await site.look({ as: as(), path: '/settings/notices' });
    const early = first.page.getByRole('button', { name: 'Change the reports (name the issue first' });
    await early.waitFor();
    expect(await early.isDisabled()).toBe(true);
    await first.close();

    await site.administrator().command('settings', {
      command: 'setNotices',
      notices: { ...MESSAGES, issue, reports: null },
    });
    const view = await site.look({ as: as(), path: '/settings/notices', height: 1100 });
    const { page, close } = view;
    const change = page.getByRole('button', { name: 'Change the reports' });
    const dialog = page.getByRole('dialog');
    const save = dialog.getByRole('button', { name: 'Save' });
    await change.click();
    await dialog.getByLabel('Groups of Jira', { exact: true }).fill('contractors-keep');
    await page.getByRole('option', { name: 'contractors-keep' }).click();
    await dialog.getByLabel('only those that went wrong').check();
    await dialog.getByLabel('Tell of seats from so many percent on').fill('40');
    await dialog.getByLabel('Seats in figures, once a week').check();
    await save.click();
    await dialog.getByText('Enter a whole number from 50 to 100').waitFor();
    await inBothThemes(view, 'settings-reports');
    await dialog.getByLabel('Tell of seats from so many percent on').fill('85');
    await save.click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('by mail: contractors-keep').waitFor();
    await page.getByText('from 85 % of a product’s seats on').waitFor();
    await inBothThemes(view, 'settings-reports-set');
    const id = site.people.groups['contractors-keep'];
    const reports = {
      groups: [{ id, name: 'contractors-keep' }],
      asComment: false,
      runs: 'problems',
      seatsPercent: 85,
      digest: true,
      anchor: false,
    };
    expect(await notices()).toEqual({ ...MESSAGES, issue, reports });

    await page.getByRole('button', { name: 'Change how people are written to' }).click();
    await dialog.getByLabel('Whom people can ask').fill('desk@acme.example');
    await save.click();
    await dialog.waitFor({ state: 'detached' });
    expect(await notices()).toEqual({ ...MESSAGES, issue, contact: 'desk@acme.example', reports });

    await change.click();
    await dialog.getByLabel('As a comment on the issue').check();
    await dialog.getByLabel('Tell of seats from so many percent on').fill('');
    await dialog.getByLabel('The log’s head, on each day on which it moved').check();
    await save.click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('whoever follows the issue, by a comment on it').waitFor();
    expect((await notices())?.reports).toEqual({ ...reports, asComment: true, seatsPercent: null, anchor: true });

    await change.click();
    await dialog.getByRole('button', { name: 'Tell nobody' }).click();
    await dialog.waitFor({ state: 'detached' });
    const nobody = { ...reports, groups: [], seatsPercent: null, anchor: true };
    expect((await notices())?.reports).toEqual(nobody);
    await close();
  });
});
