import { startFrame } from '../e2e/frame/index.ts';
import type { Stage } from './stage.ts';

/** Where the page is served, run after run; if somebody else is there, on any free port. */
const port = 8080;

/** Serves the page in its frame until Ctrl-C, with the five-minute trigger running as it does in Jira. */
export async function servePage(stage: Stage): Promise<void> {
  await stage.cloud.setSchedule(true);
  const options = { cloudUrl: stage.cloud.url, buildDir: 'static/admin/build', manifest: 'manifest.yml' };
  const { url } = await startFrame({ ...options, port }).catch(() => startFrame({ ...options, port: 0 }));
  console.log(`\nThe page: ${url} (Ctrl-C ends it)`);
}
