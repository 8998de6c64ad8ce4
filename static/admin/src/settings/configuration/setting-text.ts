import type { Protect, Settings } from '../../../gen/types';
import { windowsText } from '../../shown/black-outs';
import type { Say } from '../../texts/texts';
import { keptText } from '../kept-text';
import type { SettingName } from './comparison';

/** What a setting says, in short. */
export function settingText(name: SettingName, settings: Settings, locale: string, say: Say): string {
  const nothing = say('configuration.nothing');
  const names = (all: (string | undefined)[]) => all.filter(Boolean).join(', ') || nothing;
  switch (name) {
    case 'percentPerDay':
      return say('configuration.percent', { percent: settings.percentPerDay });
    case 'coverage': {
      const { usersPercent, activityPercent, jumpPoints } = settings.coverage;
      return say('configuration.coverage', { users: usersPercent, activity: activityPercent, points: jumpPoints });
    }
    case 'protect':
      return names(protectedOnes(settings.protect, say));
    case 'roles':
      return names([settings.roles.operator, settings.roles.approver].map((group) => group?.name));
    case 'approvalIssues':
      return settings.approvalIssues?.project ?? nothing;
    case 'retentionDays':
      return keptText(settings.retentionDays, say);
    case 'anchorIssue':
      return settings.anchorIssue ?? nothing;
    case 'experiments':
      return say(settings.experiments.moving ? 'settings.on' : 'settings.off');
    case 'prices':
      return names((settings.prices ?? []).map(({ product }) => product));
    case 'fields':
      return names((settings.fields ?? []).map((field) => field.name));
    case 'blackOuts': {
      const { zone, except = [] } = settings.blackOuts;
      const windows = windowsText(except, locale, say);
      return windows ? say('configuration.windowsIn', { windows, zone }) : nothing;
    }
  }
}

const DUTIES = ['projectLeads', 'defaultAssignees', 'filterOwners'] as const;

const protectedOnes = (protect: Protect, say: Say): string[] => [
  ...(protect.tokensUsedWithinDays === null ? [] : [say('settings.tokens')]),
  ...DUTIES.filter((duty) => protect[duty]).map((duty) => say(`settings.${duty}`)),
];
