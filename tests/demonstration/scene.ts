import type { Administrator } from './administrator.ts';
import type { ControlledCloud, People } from './cloud.ts';

/** How far this demonstration may go. An organization would set far less; both are printed. */
export const limits = { percentOfPolicy: 50, percentPerDay: 50 };

/** The policy of the demonstration, as it is stored and as `policy.json` shows it. */
export interface PolicyDocument {
  version: number;
  id: string;
  name: string;
  description: string;
  match: { all: [{ status: string[] }, { idle: { longerThan: string } }, { emailDomain: string[] }] };
  stages: { after: string; do: string }[];
  limits: { users: number; percent: number };
  schedule: { once: string };
}

/** What was set up. */
export interface Scene {
  policy: PolicyDocument;
  exemptions: { users: string[]; groups: string[] };
}

/** Connects the organization, adds the exemptions and the limits, and stores the policy. */
export async function prepare(
  cloud: ControlledCloud,
  people: People,
  first: Administrator,
  users: number,
): Promise<Scene> {
  const { organizationId, apiKey } = await cloud.createKey(first.accountId);
  await first.command('connected', {
    command: 'connect',
    organizationId,
    apiKey,
    owner: first.accountId,
    expires: null,
  });
  const exemptions = await exempt(people, first);
  await first.command('settings', { command: 'setLimits', percentPerDay: limits.percentPerDay });
  const policy = idleContractors(people, users, await cloud.now());
  await first.command('saved', { command: 'savePolicy', document: JSON.stringify(policy) });
  return { policy, exemptions };
}

/** Two people by name and one group. */
async function exempt(people: People, first: Administrator): Promise<Scene['exemptions']> {
  const users = people.idleContractors.slice(0, 2);
  const keep = people.groups['contractors-keep'];
  if (users.length < 2 || !keep) throw new Error('the simulated organization lacks the people whom this exempts');
  const terms = { owner: null, expires: null, policies: null };
  for (const account of users) {
    const subject = { kind: 'user' as const, account };
    await first.command('exemptions', { command: 'addExemption', subject, reason: 'comes back next month', ...terms });
  }
  const subject = { kind: 'group' as const, group: keep };
  const reason = 'contract says: keep the access';
  await first.command('exemptions', { command: 'addExemption', subject, reason, ...terms });
  return { users, groups: [keep] };
}

/** `once` at this very second, so that it is due. `confirm` stays off: there is one reading in a demonstration. */
function idleContractors(people: People, users: number, now: number): PolicyDocument {
  return {
    version: 1,
    id: 'idle-contractors',
    name: 'Idle contractors',
    description: 'Contractors whom nobody has seen in any product for 90 days',
    match: {
      all: [{ status: ['active'] }, { idle: { longerThan: '90d' } }, { emailDomain: people.contractorDomains }],
    },
    stages: [{ after: '0d', do: 'suspend' }],
    limits: { users, percent: limits.percentOfPolicy },
    schedule: { once: new Date(now).toISOString().replace(/\.\d+/, '') },
  };
}
