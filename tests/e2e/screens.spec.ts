import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awaitRun, follow } from '../demonstration/follow.ts';
import { prepare } from '../demonstration/scene.ts';
import { Site, required, screenshot } from './site.ts';

/** Every page, light and dark, for eyes: `target/e2e/`. */
describe('pictures of every page', () => {
  let site: Site;
  let run: string;

  beforeAll(async () => {
    site = await Site.open();
    const administrator = site.administrator();
    await prepare(site.stage.cloud, site.people, administrator, 400);
    await site.stage.cloud.fireTrigger('tick-schedule');
    run = (await awaitRun(administrator)).id;
    await follow(administrator, run, () => undefined);
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  const PAGES: [name: string, path: () => string, ready: RegExp][] = [
    ['overview', () => '/', /is held before its first action/],
    ['known', () => '/known', /Read from/],
    ['policies', () => '/policies', /Run now/],
    ['policy', () => '/policies/edit/idle-contractors', /In plain words/],
    ['runs', () => '/runs', /Held/],
    ['run', () => `/runs/${run}`, /people$/],
    ['log', () => '/log', /Freeze plan/],
    ['exemptions', () => '/exemptions', /contractors-keep/],
  ];

  describe.each(['light', 'dark'] as const)('%s', (theme) => {
    test.each(PAGES)('%s', async (name, path, ready) => {
      const view = await site.look({ as: required(site.people.orgAdmins, 1), path: path(), theme, height: 1200 });
      await view.page.getByText(ready).first().waitFor();
      // Lozenges and bars fade in.
      await view.outer.waitForTimeout(500);
      await screenshot(view, `${name}-${theme}`);
      await view.outer.close();
    });
  });
});
