import { prepare } from '../demonstration/scene.ts';
import { Site } from './site.ts';

/** A site whose organization is connected, with the exemptions, the limits and the policy of the demonstration. */
export async function openPrepared(users = 60): Promise<Site> {
  const site = await Site.open({ users });
  await prepare(site.stage.cloud, site.people, site.administrator(), users);
  return site;
}

/** The same, and the schedule's tick has begun to read the organization. */
export async function openTicked(users = 60): Promise<Site> {
  const site = await openPrepared(users);
  await site.stage.cloud.fireTrigger('tick-schedule');
  return site;
}
