import type { Run } from '../../forge-app/gen/types.ts';
import type { BundleStage } from '../bundle/stage.ts';
import { usedSince, type Used } from '../bundle/usage.ts';
import type { Scene } from './scene.ts';

const tickSeconds = 300;
/** A little more than an hour: the longest time for which one of Atlassian's quotas stops an app. */
const mostTicks = 13;
const minuteMs = 60_000;

/** A run from its release to its end. */
export interface Suspensions extends Used {
  run: Run;
  /** Invocations of the queue's consumer alone. */
  work: number;
}

/** Releases the run at the beginning of a minute, so that no calls are left over from the one before, and sees it through. */
export async function suspend(stage: BundleStage, { run, second }: Scene): Promise<Suspensions> {
  const { cloud } = stage;
  await stage.freshRuntime();
  await cloud.passUntil(Math.ceil((await cloud.now()) / minuteMs) * minuteMs);
  await cloud.resetMeter();
  const began = await cloud.now();
  await second.command('run', { command: 'releaseRun', run: run.id, reason: 'read the plan' });
  for (let ticks = 0; ; ticks += 1) {
    await cloud.quiet();
    const meter = await cloud.figures();
    const { records } = await stage.runtimeFigures();
    const seen = await second.command('run', { command: 'run', run: run.id });
    if (!['ready', 'executing', 'verifying'].includes(seen.state) || ticks === mostTicks) {
      const work = records.filter(({ functionKey }) => functionKey === 'work').length;
      return { ...usedSince(began, meter, records), run: seen, work };
    }
    await cloud.wait(tickSeconds);
    await cloud.fireTrigger('tick-schedule');
  }
}
