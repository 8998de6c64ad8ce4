import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { Invocation, within, type Request } from './invocation.ts';
import { declaredHosts, isConfigurable, type Manifest } from './manifest.ts';
import { installPlatform } from './platform.ts';

/** The answer to the page may be no longer. */
const longestAnswer = 5 * 1024 * 1024;

type Handler = (payload: unknown, context: unknown) => unknown;

/** How often each function ran, and how long in all. */
export type RuntimeMeter = Record<string, { invocations: number; killed: number; failed: number; seconds: number }>;

/** A container of Forge's Node runtime: the bundle is loaded once and serves many invocations, also of several tenants. */
export class ForgeRuntime {
  readonly meter: RuntimeMeter = {};
  private readonly load: (module: string) => Record<string, Handler>;

  constructor(bundle: string, manifest: Manifest) {
    installPlatform(declaredHosts(manifest), isConfigurable(manifest));
    const require = createRequire(import.meta.url);
    this.load = (module) => require(resolve(bundle, `${module}.cjs`)) as Record<string, Handler>;
  }

  /** Runs one invocation to its end, or to the end of its time. Rejects as the platform reports a failure. */
  async invoke(request: Request, cloud: string): Promise<unknown> {
    const invocation = new Invocation(request, cloud);
    const figures = (this.meter[request.functionKey] ??= { invocations: 0, killed: 0, failed: 0, seconds: 0 });
    figures.invocations += 1;
    const started = performance.now();
    try {
      return await this.beforeDeadline(invocation);
    } catch (error) {
      figures[invocation.isKilled() ? 'killed' : 'failed'] += 1;
      throw error;
    } finally {
      figures.seconds += (performance.now() - started) / 1000;
    }
  }

  private async beforeDeadline(invocation: Invocation): Promise<unknown> {
    const { request } = invocation;
    let timer: NodeJS.Timeout | undefined;
    const timeUp = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        invocation.kill();
        reject(new Error(`${request.functionKey} was killed after ${request.timeoutSeconds} s`));
      }, request.timeoutSeconds * 1000);
    });
    try {
      return sendable(await Promise.race([within(invocation, () => this.call(request)), timeUp]));
    } finally {
      clearTimeout(timer);
    }
  }

  private async call({ handler, payload, context }: Request): Promise<unknown> {
    const [module = '', name = ''] = handler.split('.');
    const exported = this.load(module)[name];
    if (!exported) throw new Error(`the bundle has no handler ${handler}`);
    return await exported(payload, context);
  }
}

/** Only JSON leaves a function. */
function sendable(result: unknown): unknown {
  const text = JSON.stringify(result) as string | undefined;
  if (text !== undefined && text.length > longestAnswer) throw new Error('the answer is longer than 5 MB');
  return text === undefined ? null : (JSON.parse(text) as unknown);
}
