import type {
  ApprovalIssues,
  FieldDefinition,
  Notices,
  Price,
  Protect,
  Reports,
  Roles,
  Settings,
} from '../../../gen/types';
import { productName } from '../../overview/product-name';
import { money } from '../../overview/tiers';
import { windowsText } from '../../shown/black-outs';
import type { Say } from '../../texts/texts';
import { backText } from '../back-text';
import { browsesText } from '../browses-text';
import { keepText } from '../keep-text';
import { keptText } from '../kept-text';
import { restoredText } from '../restored-text';
import { logInText, ownLogInText } from '../log-in-text';
import { reportsFacts } from '../reports-text';
import { requestsText } from '../requests-text';
import type { SettingName } from './comparison';

/** What a setting says, in short: what differs must read differently. One that a file says wrongly is shown as it stands there. */
export function settingText(name: SettingName, settings: Settings, locale: string, say: Say): string {
  try {
    return textOf(name, settings, locale, say);
  } catch {
    return JSON.stringify(settings[name]);
  }
}

function textOf(name: SettingName, settings: Settings, locale: string, say: Say): string {
  const nothing = say('configuration.nothing');
  const list = (all: string[]) => all.join('; ') || nothing;
  switch (name) {
    case 'percentPerDay':
      return say('configuration.percent', { percent: settings.percentPerDay });
    case 'coverage': {
      const { usersPercent, activityPercent, jumpPoints } = settings.coverage;
      return say('configuration.coverage', { users: usersPercent, activity: activityPercent, points: jumpPoints });
    }
    case 'protect':
      return list(protectedOnes(settings.protect, say));
    case 'roles':
      return list(rolesGiven(settings.roles, say));
    case 'approvalIssues':
      return settings.approvalIssues ? issuesText(settings.approvalIssues, say) : nothing;
    case 'requests':
      return settings.requests ? requestsText(settings.requests, say) : nothing;
    case 'retentionDays':
      return keptText(settings.retentionDays, say);
    case 'anchorIssue':
      return settings.anchorIssue ?? nothing;
    case 'notices':
      return settings.notices ? list(noticesTexts(settings.notices, say)) : nothing;
    case 'onLogIn':
      return logInText(settings.onLogIn, say);
    case 'experiments':
      return say(settings.experiments.moving ? 'settings.on' : 'settings.off');
    case 'prices':
      return list((settings.prices ?? []).map((price) => priceText(price, locale, say)));
    case 'fields':
      return list((settings.fields ?? []).map((field) => fieldText(field, say)));
    case 'blackOuts': {
      const { zone, except = [] } = settings.blackOuts;
      const windows = windowsText(except, locale, say);
      return windows ? say('configuration.windowsIn', { windows, zone }) : nothing;
    }
  }
}

const DUTIES = ['projectLeads', 'defaultAssignees', 'filterOwners'] as const;

const protectedOnes = ({ tokensUsedWithinDays: days, ...protect }: Protect, say: Say): string[] => [
  ...(days === null ? [] : [say('configuration.tokens', { count: days })]),
  ...DUTIES.filter((duty) => protect[duty]).map((duty) => say(`settings.${duty}`)),
];

const rolesGiven = (roles: Roles, say: Say): string[] =>
  (['operator', 'approver'] as const).flatMap((role) => {
    const group = roles[role]?.name;
    return group === undefined ? [] : [say('configuration.role', { role: say(`settings.role.${role}`), group })];
  });

const issuesText = ({ project, issueType, approvedStatus: status, confirmedBrowsers }: ApprovalIssues, say: Say) =>
  say('configuration.issues', {
    type: issueType,
    where: say(confirmedBrowsers ? 'settings.issuesWithNames' : 'settings.issuesWithoutNames', { project, status }),
  });

const noticesTexts = (notices: Notices, say: Say): string[] => [
  notices.issue,
  browsesText(notices, say),
  notices.contact ?? say('settings.noContact'),
  say('configuration.mostWarned', { count: notices.mostWarned }),
  say('configuration.keepLink', { what: keepText(notices, say) }),
  say('configuration.backLink', { what: backText(notices.giveBack, say) }),
  say('configuration.tellRestored', { what: restoredText(notices, say) }),
  ...Object.entries(notices.restoredWords ?? {}).map(([language, words]) =>
    say('configuration.restoredWords', { language, words }),
  ),
  ...(notices.policies ?? []).map(({ policy, links }) =>
    say('configuration.policyLinks', {
      policy,
      keep: keepText(links, say),
      back: backText(links.giveBack, say),
      logIn: ownLogInText(links.onLogIn, say),
    }),
  ),
  ...(notices.reports ? reportsTexts(notices.reports, say) : []),
];

const reportsTexts = (reports: Reports, say: Say): string[] =>
  reportsFacts(reports, say).map(([what, told]) => say('configuration.report', { what, told }));

function priceText({ product, site, perSeat, currency, tierEdges }: Price, locale: string, say: Say): string {
  const name = productName(product);
  const place = site === null ? name : say('overview.productOn', { product: name, site });
  const price = say('configuration.price', { place, price: money(perSeat, currency, locale) });
  if (tierEdges.length === 0) return price;
  return say('configuration.priceAndTiers', {
    price,
    edges: new Intl.ListFormat(locale).format(tierEdges.map(String)),
  });
}

function fieldText({ name, kind, choices }: FieldDefinition, say: Say): string {
  const what = kind === 'choice' ? choices.join(', ') : say(`fields.kind.${kind}`);
  return say('configuration.field', { name, what });
}
