/** Takes the pictures of the documents anew, into docs/pictures: node tests/e2e/pictures/main.ts (`make pictures`). */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { awaitRun, follow } from '../../demonstration/follow.ts';
import { prepare } from '../../demonstration/scene.ts';
import { Site, required } from '../site.ts';
import { optimised } from './png.ts';

const FOLDER = 'docs/pictures';
/** None may be larger, in bytes. */
const LIMIT = 200_000;
/** What the simulated Jira around the page takes at the top, in pixels. */
const BAR = 40;
const USERS = 400;

interface Shot {
  name: string;
  path: string;
  height: number;
  /** What is there when everything is. */
  ready: RegExp;
}

const shots = (run: string): Shot[] => [
  { name: 'overview', path: '/', height: 1150, ready: /is held before its first action/ },
  { name: 'users', path: '/people/status/active/activity/idle/days/90', height: 860, ready: /Choose all/ },
  { name: 'policy', path: '/policies/edit/idle-contractors', height: 1100, ready: /Some who match/ },
  { name: 'run', path: `/runs/${run}`, height: 1000, ready: /not seen/i },
];

const site = await Site.open({ users: USERS });
try {
  const administrator = site.administrator();
  await prepare(site.stage.cloud, site.people, administrator, USERS);
  await site.stage.cloud.fireTrigger('tick-schedule');
  const { id } = await awaitRun(administrator);
  await follow(administrator, id, () => undefined);
  mkdirSync(FOLDER, { recursive: true });
  for (const { name, path, height, ready } of shots(id)) {
    const view = await site.look({ as: required(site.people.orgAdmins, 1), path, height });
    await view.page.getByText(ready).first().waitFor();
    // Bars and lozenges fade in, and counts come a moment later.
    await view.outer.waitForTimeout(1_000);
    const clip = { x: 0, y: BAR, width: 1280, height: height - BAR };
    const picture = optimised(await view.outer.screenshot({ clip }));
    if (picture.length > LIMIT) throw new Error(`${name}.png has ${picture.length} bytes, more than ${LIMIT}`);
    writeFileSync(join(FOLDER, `${name}.png`), picture);
    console.log(`${name}.png: ${picture.length} bytes`);
    await view.close();
  }
} finally {
  await site.close();
}
