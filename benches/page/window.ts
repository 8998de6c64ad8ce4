import type { Frame, Page } from 'playwright-core';
import { required, type Site, type View } from '../../tests/e2e/site.ts';

/** The page in its frame, with what a measurement needs: the frame's own document, and the tab's keyboard, mouse and wheel. */
export interface Window {
  view: View;
  outer: Page;
  frame: Frame;
}

/** How long the slowest thing may take that is waited for, in milliseconds. */
const PATIENCE = 180_000;

/** Opens an address of the page, as an organization administrator. */
export async function open(site: Site, path: string): Promise<Window> {
  const view = await site.look({ as: required(site.people.orgAdmins, 0), path, width: 1440, height: 900 });
  view.outer.setDefaultTimeout(PATIENCE);
  return { view, outer: view.outer, frame: await frameOf(view.outer) };
}

/** The users' page with everybody in it, and how long that took, in milliseconds. */
export async function openEverybody(site: Site): Promise<Window & { everybodyAfter: number }> {
  const begun = performance.now();
  const window = await open(site, '/people');
  await window.view.page.locator('.people-person').first().waitFor();
  const everybodyAfter = performance.now() - begun;
  // Who is exempt or protected is told to the core a moment later, and everybody is filtered once more.
  await window.view.page.locator('.facet-count').first().waitFor();
  await window.outer.waitForTimeout(1_000);
  return { ...window, everybodyAfter };
}

/** The page's own document. */
export async function frameOf(outer: Page): Promise<Frame> {
  const element = await outer.locator('#frame').elementHandle();
  const frame = await element.contentFrame();
  if (!frame) throw new Error('there is no page in the frame');
  return frame;
}
