import { ControlledCloud } from '../../tests/demonstration/cloud.ts';
import { startService, type Service } from '../../tests/demonstration/child.ts';
import { cloudProgram } from '../../tests/demonstration/stage.ts';
import { readManifest } from '../../tests/forge/runtime/manifest.ts';
import type { RuntimeFigures } from './runtime.ts';

/** When every benchmark begins, so that each is made from the same day. */
const firstDay = '2026-11-21T06:00:00Z';
/** The heap of a container of 512 MB: without limits, the collector would let a machine's memory fill first. */
const heap = ['--max-semi-space-size=25', '--max-old-space-size=460'];

/** What the cloud counted, as far as the benchmark needs it. */
export interface Meter {
  calls: Record<string, number>;
  answers: Record<string, Record<string, number>>;
  invocations: Record<string, number>;
  storage: { bytesRead: number; bytesWritten: number };
}

/** A change that the organization API really made. */
export interface Effect {
  what: string;
  accountId: string;
}

/** Everything but the secrets that the app has stored. */
export interface Stored {
  plain: { key: string; value: unknown }[];
  entities: Record<string, { key: string; value: unknown }[]>;
}

/** The simulated cloud on its virtual clock, and one runtime at a time. */
export class VirtualCloud extends ControlledCloud {
  /** Keeps the state of the cloud, to come back to. */
  async keep(): Promise<void> {
    await this.post('keep', {});
  }

  /** Goes back to the state that was kept. */
  async rewind(): Promise<void> {
    await this.post('rewind', {});
  }

  /** How long a call of the two APIs takes, in milliseconds; `off` lets no call of anything take time. */
  async setLatency(latency: number | 'off'): Promise<void> {
    await this.post('latency', { latency: latency === 'off' ? latency : { api: latency } });
  }

  /** How many calls of the organization API a minute are allowed; all other limits are the standard ones. */
  async setCallsPerMinute(calls: number): Promise<void> {
    await this.post('limits', { adminPerMinute: calls });
  }

  async figures(): Promise<Meter> {
    return this.get<Meter>('meter');
  }

  async effects(): Promise<Effect[]> {
    return (await this.get<{ data: Effect[] }>('effects')).data;
  }

  async stored(): Promise<Stored> {
    return this.get<Stored>('storage');
  }

  async resetMeter(): Promise<void> {
    const answer = await fetch(`${this.url}/control/meter`, { method: 'DELETE' });
    if (!answer.ok) throw new Error(`the meter was not reset: ${answer.status}`);
  }
}

/** A cloud and the process that runs the app, which can be changed for a fresh one. */
export class BundleStage {
  readonly cloud: VirtualCloud;
  private readonly service: Service;
  private runtime: Service | undefined;

  private constructor(service: Service) {
    this.service = service;
    this.cloud = new VirtualCloud(service.url);
  }

  static async open(users: number, seed: number): Promise<BundleStage> {
    const options = ['--users', String(users), '--seed', String(seed), '--now', firstDay, '--virtual-clock'];
    return new BundleStage(await startService(cloudProgram, options));
  }

  /** Has the app run in a container that nothing has run in. */
  async freshRuntime(): Promise<void> {
    this.runtime?.stop();
    const program = [...heap, 'benches/bundle/runtime.ts', '--cloud', this.service.url];
    this.runtime = await startService(process.execPath, program);
    await this.cloud.install(readManifest('manifest.yml'), this.runtime.url);
    await this.cloud.setSchedule(false);
  }

  async runtimeFigures(): Promise<RuntimeFigures> {
    if (!this.runtime) throw new Error('no runtime was started');
    return (await (await fetch(`${this.runtime.url}/figures`)).json()) as RuntimeFigures;
  }

  stop(): void {
    this.runtime?.stop();
    this.service.stop();
  }
}
