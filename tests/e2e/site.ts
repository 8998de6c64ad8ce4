import { chromium, type Browser, type FrameLocator, type Page } from 'playwright-core';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Command, Reply } from '../../forge-app/gen/types';
import { Administrator } from '../demonstration/administrator.ts';
import type { People } from '../demonstration/cloud.ts';
import { setStage, type Stage } from '../demonstration/stage.ts';
import { readManifest, startFrame, type Frame } from './frame/index.ts';

const SCREENSHOTS = 'target/e2e';

/** Debian's; elsewhere `CHROMIUM` says where it is. */
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

const CHROMIUM_FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];

export interface SiteOptions {
  users?: number;
  /** Whether the page may compile WebAssembly; without it the manifest's `unsafe-eval` is left out of the policy. */
  wasm?: boolean;
}

/** The cloud with the app installed in it. */
type SiteStage = Pick<Stage, 'cloud' | 'stop'>;

/** Calls of one operation that go wrong. */
export interface Fault {
  operation: string;
  kind: string;
  /** What the path must contain; any without it. */
  containing?: string;
  times: number;
}

/** A page opened in the frame. */
export interface View {
  outer: Page;
  /** Inside the frame. */
  page: FrameLocator;
  /** Commands that the page has sent, in order. */
  commands: string[];
  /** Closes it; an answer that comes later is nobody's fault. */
  close: () => Promise<void>;
}

export interface Look {
  as: string;
  path?: string;
  theme?: 'light' | 'dark';
  module?: string;
  /** As Jira writes it, such as `de_DE`. */
  locale?: string;
  width?: number;
  height?: number;
  /** What the page is told in place of the app's reply, where it is not `undefined`. The app is asked in any case. */
  told?: (command: Command, reply: Reply) => Reply | undefined;
  /** What is done to the empty tab before the page is opened in it. */
  before?: (outer: Page) => Promise<unknown>;
}

/** Cloud, runtime, frame and browser: a Jira site with the app installed in it. */
export class Site {
  readonly stage: SiteStage;
  readonly frame: Frame;
  readonly people: People;
  private readonly browser: Browser;
  /** Those that are open. */
  private readonly views = new Set<View>();

  private constructor(stage: SiteStage, frame: Frame, people: People, browser: Browser) {
    this.stage = stage;
    this.frame = frame;
    this.people = people;
    this.browser = browser;
  }

  static async open({ users = 400, wasm = true }: SiteOptions = {}): Promise<Site> {
    return Site.on(await setStage({ users, seed: 7, latency: 'off' }), wasm);
  }

  /** Frame and browser over a cloud that is there already; it stops with them. */
  static async on(stage: SiteStage, wasm = true): Promise<Site> {
    const manifest = readManifest('manifest.yml');
    if (!wasm) manifest.permissions.content = { ...manifest.permissions.content, scripts: [] };
    const frame = await startFrame({ cloudUrl: stage.cloud.url, buildDir: 'static/admin/build', manifest });
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS });
    return new Site(stage, frame, await stage.cloud.people(), browser);
  }

  /** An organization administrator, the first by default. */
  administrator(index = 0): Administrator {
    return new Administrator(this.stage.cloud, required(this.people.orgAdmins, index));
  }

  /** Opens the page as somebody. */
  async look({
    as,
    path = '/',
    theme = 'light',
    module,
    locale,
    width = 1280,
    height = 900,
    told,
    before,
  }: Look): Promise<View> {
    const outer = await this.browser.newPage({ viewport: { width, height } });
    const commands: string[] = [];
    outer.on('request', (request) => {
      if (!request.url().endsWith('/invoke')) return;
      const { payload } = request.postDataJSON() as { payload: { command: string } };
      commands.push(payload.command);
    });
    outer.on('close', () => this.views.delete(view));
    const close = async () => {
      await outer.unrouteAll({ behavior: 'ignoreErrors' });
      await outer.close();
    };
    const view: View = { outer, page: outer.frameLocator('#frame'), commands, close };
    this.views.add(view);
    if (told) await tell(outer, told);
    await before?.(outer);
    const query = new URLSearchParams({ as, theme, ...(module && { module }), ...(locale && { locale }) });
    await outer.goto(`${this.frame.url}/?${query.toString()}#${path}`);
    return view;
  }

  /** An empty tab without the frame, for what lies elsewhere, such as where a link of a mail leads. */
  tab(): Promise<Page> {
    return this.browser.newPage();
  }

  /** What goes wrong from now on, in place of what went wrong until now. */
  async strike(planned: Fault[]): Promise<void> {
    const answer = await fetch(`${this.stage.cloud.url}/control/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ planned }),
    });
    if (!answer.ok) throw new Error(`the simulated cloud refused these faults: ${await answer.text()}`);
  }

  async close(): Promise<void> {
    for (const view of this.views) await view.close();
    await this.browser.close();
    await this.frame.stop();
    this.stage.stop();
  }
}

async function tell(outer: Page, told: NonNullable<Look['told']>): Promise<void> {
  await outer.route('**/invoke', async (route) => {
    const response = await route.fetch();
    const { payload } = route.request().postDataJSON() as { payload: Command };
    const { result } = (await response.json()) as { result: Reply };
    await route.fulfill({ response, json: { result: told(payload, result) ?? result } });
  });
}

/** Makes the window as high as all that is on the page, so that a picture has all of it. */
export async function showAll({ outer, page }: View): Promise<void> {
  const hidden = await page.locator('html').evaluate((root) => root.scrollHeight - root.clientHeight);
  const { width, height } = outer.viewportSize() ?? { width: 1280, height: 900 };
  await outer.setViewportSize({ width, height: height + hidden });
}

/** Keeps a picture under `target/e2e/`, of where what moves or fades will end. */
export async function screenshot(view: View, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await view.outer.screenshot({ path: join(SCREENSHOTS, `${name}.png`), animations: 'disabled' });
}

/** The list's item at an index; the simulated organization always has the well-known people. */
export function required(list: string[], index: number): string {
  const found = list[index];
  if (found === undefined) throw new Error('the simulated organization lacks a well-known person');
  return found;
}
