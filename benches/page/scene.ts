import { Site } from '../../tests/e2e/site.ts';
import { BundleStage } from '../bundle/stage.ts';
import { read } from '../sync/reading.ts';
import { prepare } from '../sync/scene.ts';

const seed = 1;

/** A Jira site whose organization has so many people, read to the end, and with a policy: what the page opens on. */
export async function openSite(users: number): Promise<Site> {
  const stage = await BundleStage.open(users, seed);
  try {
    await stage.freshRuntime();
    await read(stage, await prepare(stage.cloud));
    return await Site.on(stage);
  } catch (error) {
    stage.stop();
    throw error;
  }
}
