import { ControlledCloud } from './cloud.ts';
import { startService, type Service } from './child.ts';
import { readManifest } from '../forge/runtime/manifest.ts';

/** Where cargo leaves the simulated cloud (`make cloud`). */
export const cloudProgram = `${process.env['CARGO_TARGET_DIR'] ?? 'target'}/debug/cloud`;

/** A simulated cloud with the app installed in it, both as processes of their own. */
export interface Stage {
  cloud: ControlledCloud;
  runtimeUrl: string;
  stop(): void;
}

/** The organization to simulate. */
export interface StageOptions {
  users: number;
  seed: number;
  /** `off` makes tests fast; `standard` is RULES R19. */
  latency: 'standard' | 'off';
  /** How many days before the machine's time the cloud begins: so many can pass until its time is the machine's. */
  daysAgo?: number;
  /** Draws the answers to what is not known about Atlassian's API; without it, the likely ones. */
  switches?: number;
}

/** Starts cloud and runtime and installs the app. */
export async function setStage({ users, seed, latency, daysAgo, switches }: StageOptions): Promise<Stage> {
  const past = daysAgo === undefined ? {} : { now: new Date(Date.now() - daysAgo * 86_400_000).toISOString() };
  const options = { port: 0, users, seed, latency, ...past, ...(switches === undefined ? {} : { switches }) };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const services: Service[] = [];
  const stop = () => {
    for (const service of services) service.stop();
  };
  try {
    const simulated = await startService(cloudProgram, args);
    services.push(simulated);
    const runtime = await startService(process.execPath, ['tests/forge/runtime/main.ts', '--cloud', simulated.url]);
    services.push(runtime);
    const cloud = new ControlledCloud(simulated.url);
    await cloud.setSchedule(false);
    await cloud.install(readManifest('manifest.yml'), runtime.url);
    return { cloud, runtimeUrl: runtime.url, stop };
  } catch (error) {
    stop();
    throw error;
  }
}
