import { setTimeout as sleep } from 'node:timers/promises';
import { Site } from '../site.ts';

/** Until the organization was read, in looks of a quarter of a second. */
const LOOKS = 240;

/** A site whose organization is connected and was read: nothing else is set up. */
export async function openConnected(users = 400): Promise<Site> {
  const site = await Site.open({ users });
  const administrator = site.administrator();
  const { organizationId, apiKey } = await site.stage.cloud.createKey(administrator.accountId);
  const owner = administrator.accountId;
  await administrator.command('connected', { command: 'connect', organizationId, apiKey, owner, expires: null });
  await administrator.command('reading', { command: 'startSync' });
  await untilRead(site);
  return site;
}

/** Waits for the reading that goes on. */
export async function untilRead(site: Site): Promise<void> {
  for (let look = 0; look < LOOKS; look += 1) {
    const { reading } = await site.administrator().command('overview', { command: 'overview' });
    if (reading.snapshot?.source === 'organization' && !reading.progress) return;
    await sleep(250);
  }
  throw new Error('the organization was not read');
}

/** Who has a status in the organization, whatever the app says of it. */
export async function withStatus(site: Site, status: string): Promise<Set<string>> {
  const users = await site.stage.cloud.users();
  return new Set(users.filter((user) => user['membershipStatus'] === status).map(({ accountId }) => accountId));
}
