/** The first look at the page: the overview in a fresh browser profile, on a slow processor. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { required, type Site } from '../../tests/e2e/site.ts';
import { frameOf } from './window.ts';

const BUILD = 'static/admin/build';
/** How many times slower the processor is made. */
const SLOWER = 4;
/** So long no task may be long, in milliseconds, for the page to count as one that can be used. */
const QUIET = 1_000;

export interface Start {
  /** Until the first text or picture, in milliseconds from the frame's navigation. */
  first_paint_ms: number;
  /** Until the overview is there and no task takes more than 50 ms any more. */
  interactive_ms: number;
  /** JavaScript that was fetched for it, in bytes as it is sent. */
  js_gzip: number;
  js_files: number;
  wasm_gzip: number;
}

type Timed = typeof globalThis & { shown?: number };

/** Opens the overview as somebody does who was never there. */
export async function startPage(site: Site): Promise<Start> {
  const files: string[] = [];
  const view = await site.look({
    as: required(site.people.orgAdmins, 0),
    before: async (outer) => {
      outer.on('request', (request) => files.push(new URL(request.url()).pathname));
      await slowDown(outer);
      await outer.addInitScript(noteOverview);
    },
  });
  await view.page.getByText('At a glance').waitFor();
  const frame = await frameOf(view.outer);
  const { first, shown, long } = await frame.evaluate(timesOfStart, QUIET);
  await view.outer.close();
  const js = files.filter((file) => /\/assets\/.*\.js$/.test(file));
  return {
    first_paint_ms: Math.round(first),
    interactive_ms: Math.round(Math.max(shown, long)),
    js_gzip: gzipped(js),
    js_files: js.length,
    wasm_gzip: gzipped(files.filter((file) => file.endsWith('.wasm'))),
  };
}

async function slowDown(outer: Page): Promise<void> {
  const session = await outer.context().newCDPSession(outer);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
}

/** In the page: the time at which the frame with the first figures of the overview was painted. */
function noteOverview(): void {
  new MutationObserver((_, observer) => {
    if (!document.querySelector('.figure-value')) return;
    observer.disconnect();
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => ((globalThis as Timed).shown = performance.now());
      channel.port2.postMessage(null);
    });
  }).observe(document, { subtree: true, childList: true });
}

/** In the page: what it has noted, once no long task came for a while. */
async function timesOfStart(quiet: number): Promise<{ first: number; shown: number; long: number }> {
  let long = 0;
  new PerformanceObserver((entries) => {
    for (const { startTime, duration } of entries.getEntries()) long = Math.max(long, startTime + duration);
  }).observe({ type: 'longtask', buffered: true });
  do await new Promise((passed) => setTimeout(passed, quiet));
  while (performance.now() - long < quiet);
  const first = performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
  const shown = (globalThis as Timed).shown;
  if (first === undefined || shown === undefined) throw new Error('the overview was not painted');
  return { first, shown, long };
}

const gzipped = (files: readonly string[]): number =>
  files.reduce((sum, file) => sum + gzipSync(readFileSync(join(BUILD, file))).length, 0);
