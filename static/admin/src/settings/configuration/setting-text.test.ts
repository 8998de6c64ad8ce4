import { expect, test } from 'vitest';
import type { Settings } from '../../../gen/types';
import { inEnglish } from '../../texts/in-english';
import type { SettingName } from './comparison';
import { settingText } from './setting-text';

const { say } = inEnglish();

const SETTINGS: Settings = {
  percentPerDay: 5,
  stopped: false,
  limitsEdited: null,
  coverage: { usersPercent: 90, activityPercent: 80, jumpPoints: 10 },
  roles: { operator: { id: 'g1', name: 'desk' }, approver: { id: 'g2', name: 'owners' } },
  approvalIssues: { project: 'SEAT', issueType: 'Task', approvedStatus: 'Approved', confirmedBrowsers: false },
  requests: { project: 'HELP', approvedStatus: 'Approved', field: null },
  retentionDays: 400,
  anchorIssue: 'AUDIT-7',
  notices: {
    issue: 'LIFE-1',
    contact: 'the desk',
    mostWarned: 200,
    keepDays: 30,
    keepTimes: 2,
    giveBack: 'restore',
    reports: {
      groups: [{ id: 'g3', name: 'watch' }],
      asComment: false,
      runs: 'changes',
      seatsPercent: 90,
      digest: false,
      anchor: false,
    },
    policies: [{ policy: 'idle-90', links: { keepDays: 7, keepTimes: null, giveBack: null } }],
    tellRestored: false,
    restoredWords: { default: 'Back\nHello', de: 'Zurück\nHi' },
  },
  experiments: { moving: false },
  protect: { tokensUsedWithinDays: 30, projectLeads: true, defaultAssignees: false, filterOwners: false },
  prices: [{ product: 'jira-software', site: null, perSeat: 775, currency: 'USD', tierEdges: [100, 200] }],
  fields: [{ name: 'team', kind: 'choice', choices: ['red', 'blue'] }],
  blackOuts: { zone: 'UTC', except: ['sun'] },
};

const [price] = SETTINGS.prices ?? [];
const [field] = SETTINGS.fields ?? [];
const { notices, approvalIssues, roles, protect } = SETTINGS;
const reports = notices?.reports;
if (!price || !field || !notices || !reports || !approvalIssues) throw new Error('a setting is missing');

/** Each value that somebody can change, changed alone. */
test.each<[SettingName, Partial<Settings>]>([
  ['percentPerDay', { percentPerDay: 9 }],
  ['coverage', { coverage: { usersPercent: 90, activityPercent: 80, jumpPoints: 20 } }],
  ['protect', { protect: { ...protect, tokensUsedWithinDays: 31 } }],
  ['protect', { protect: { ...protect, filterOwners: true } }],
  ['roles', { roles: { operator: roles.approver, approver: roles.operator } }],
  ['approvalIssues', { approvalIssues: { ...approvalIssues, issueType: 'Change' } }],
  ['approvalIssues', { approvalIssues: { ...approvalIssues, approvedStatus: 'Done' } }],
  ['approvalIssues', { approvalIssues: { ...approvalIssues, confirmedBrowsers: true } }],
  ['requests', { requests: { project: 'DESK', approvedStatus: 'Approved', field: null } }],
  ['requests', { requests: { project: 'HELP', approvedStatus: 'Done', field: null } }],
  ['requests', { requests: { project: 'HELP', approvedStatus: 'Approved', field: 'customfield_1' } }],
  ['retentionDays', { retentionDays: null }],
  ['anchorIssue', { anchorIssue: null }],
  ['notices', { notices: null }],
  ['notices', { notices: { ...notices, issue: 'LIFE-2' } }],
  ['notices', { notices: { ...notices, everybodyBrowses: false } }],
  ['notices', { notices: { ...notices, contact: null } }],
  ['notices', { notices: { ...notices, mostWarned: 201 } }],
  ['notices', { notices: { ...notices, keepDays: 31 } }],
  ['notices', { notices: { ...notices, linkDays: 30 } }],
  ['notices', { notices: { ...notices, keepTimes: null } }],
  ['notices', { notices: { ...notices, giveBack: 'ask' } }],
  ['notices', { notices: { ...notices, giveBack: null } }],
  ['notices', { notices: { ...notices, tellRestored: true } }],
  ['notices', { notices: { ...notices, restoredWords: { default: 'Back\nHi', de: 'Zurück\nHi' } } }],
  ['notices', { notices: { ...notices, restoredWords: { default: 'Back\nHello', de: 'Da\nHi' } } }],
  ['notices', { notices: { ...notices, policies: [] } }],
  [
    'notices',
    {
      notices: {
        ...notices,
        policies: [{ policy: 'idle-90', links: { keepDays: 8, keepTimes: null, giveBack: null } }],
      },
    },
  ],
  ...(['nothing', 'restore'] as const).map((onLogIn): [SettingName, Partial<Settings>] => [
    'notices',
    {
      notices: {
        ...notices,
        policies: [{ policy: 'idle-90', links: { keepDays: 7, keepTimes: null, giveBack: null, onLogIn } }],
      },
    },
  ]),
  ['notices', { notices: { ...notices, reports: null } }],
  ['notices', { notices: { ...notices, reports: { ...reports, groups: [] } } }],
  [
    'notices',
    { notices: { ...notices, reports: { ...reports, groups: [...reports.groups, { id: 'g4', name: 'x' }] } } },
  ],
  ['notices', { notices: { ...notices, reports: { ...reports, asComment: true } } }],
  ['notices', { notices: { ...notices, reports: { ...reports, runs: 'problems' } } }],
  ['notices', { notices: { ...notices, reports: { ...reports, seatsPercent: null } } }],
  ['notices', { notices: { ...notices, reports: { ...reports, seatsPercent: 91 } } }],
  ['notices', { notices: { ...notices, reports: { ...reports, seatsUsed: 400 } } }],
  ['notices', { notices: { ...notices, reports: { ...reports, seatsForecast: false } } }],
  ['notices', { notices: { ...notices, reports: { ...reports, asComment: true, alsoMail: true } } }],
  [
    'notices',
    {
      notices: {
        ...notices,
        reports: {
          ...reports,
          seatThresholds: [{ product: 'jira-software', site: 'acme.atlassian.net', percent: 80, used: null }],
        },
      },
    },
  ],
  ['notices', { notices: { ...notices, reports: { ...reports, digest: true } } }],
  ['notices', { notices: { ...notices, reports: { ...reports, anchor: true } } }],
  ['onLogIn', { onLogIn: 'restore' }],
  ['onLogIn', { onLogIn: 'ask' }],
  ['experiments', { experiments: { moving: true } }],
  ['prices', { prices: [{ ...price, perSeat: 776 }] }],
  ['prices', { prices: [{ ...price, currency: 'EUR' }] }],
  ['prices', { prices: [{ ...price, site: 'acme.atlassian.net' }] }],
  ['prices', { prices: [{ ...price, tierEdges: [100, 300] }] }],
  ['fields', { fields: [{ ...field, choices: ['red'] }] }],
  ['fields', { fields: [{ ...field, kind: 'text' }] }],
  ['blackOuts', { blackOuts: { zone: 'Europe/Berlin', except: ['sun'] } }],
])('%s reads differently where it says %j', (name, change) => {
  const now = settingText(name, SETTINGS, 'en-US', say);
  const then = settingText(name, { ...SETTINGS, ...change }, 'en-US', say);
  expect(then).not.toBe(now);
});

test('a price is told with its currency, its place and its tiers', () => {
  expect(settingText('prices', SETTINGS, 'en-US', say)).toBe('Jira: $7.75 a seat; tiers end at 100 and 200');
});

test('a file that was made before there was a way back has none', () => {
  const older = { ...SETTINGS, notices: { ...notices, giveBack: undefined } } as unknown as Settings;
  const none = settingText('notices', { ...SETTINGS, notices: { ...notices, giveBack: null } }, 'en-US', say);
  expect(none).toContain('“Give me back my access” link: none');
  expect(settingText('notices', older, 'en-US', say)).toBe(none);
});

test('what a file says wrongly is shown as it stands there', () => {
  const wrong = { ...SETTINGS, prices: [{ ...price, currency: 'dollars' }] };
  expect(settingText('prices', wrong, 'en-US', say)).toContain('"dollars"');
});
