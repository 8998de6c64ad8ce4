import { Administrator } from '../../tests/demonstration/administrator.ts';
import type { VirtualCloud } from '../bundle/stage.ts';

/** Days without activity that the enabled policy waits for, its tolerance of a day included. */
export const idleDays = 91;

/** The policy whose verdicts the reading must allow. It has no schedule: nothing runs but what the benchmark asks for. */
export const enabledPolicy = {
  version: 1,
  id: 'idle-90',
  name: 'Idle for 90 days',
  enabled: true,
  match: { all: [{ status: ['active'] }, { idle: { longerThan: '90d' } }] },
  stages: [{ after: '0d', do: 'suspend' }],
};

/** The organization's side of a benchmark. */
export interface Scene {
  administrator: Administrator;
  organizationId: string;
  apiKey: string;
}

/** Connects the organization and saves the policy, as an administrator does on the page. */
export async function prepare(cloud: VirtualCloud): Promise<Scene> {
  const [accountId] = (await cloud.people()).orgAdmins;
  if (!accountId) throw new Error('the simulated organization lacks an administrator');
  const administrator = new Administrator(cloud, accountId);
  const { organizationId, apiKey } = await cloud.createKey(accountId);
  await administrator.command('connected', {
    command: 'connect',
    organizationId,
    apiKey,
    owner: accountId,
    expires: null,
  });
  await administrator.command('saved', { command: 'savePolicy', document: JSON.stringify(enabledPolicy) });
  await cloud.quiet();
  return { administrator, organizationId, apiKey };
}
