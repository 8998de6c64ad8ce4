import type { Administrator } from '../../tests/demonstration/administrator.ts';
import { monthlyPrice } from '../bundle/price.ts';
import type { Scene } from './scene.ts';
import type { Meter, BundleStage } from '../bundle/stage.ts';
import type { RuntimeFigures } from '../bundle/runtime.ts';
import { usedSince, type Used } from '../bundle/usage.ts';

const tickSeconds = 300;
/** A little more than an hour: the longest time for which one of Atlassian's quotas stops an app. */
const mostTicksInVain = 13;
const mostQuestions = 10;

/** What one reading took. */
export interface Reading extends Used {
  /** People who were still to be asked when nothing went on any more. */
  waiting: number;
  peakMb: number;
  emptyMb: number;
  monthlyPrice: number;
}

/** Has a fresh container read the organization to the end. */
export async function read(stage: BundleStage, { administrator }: Scene): Promise<Reading> {
  await stage.freshRuntime();
  await stage.cloud.resetMeter();
  const began = await stage.cloud.now();
  await patiently(() => administrator.command('reading', { command: 'startSync' }));
  const { meter, runtime, waiting } = await theEnd(stage, administrator);
  const { records, peakMb, emptyMb } = runtime;
  const used = usedSince(began, meter, records);
  return { ...used, waiting, peakMb, emptyMb, monthlyPrice: monthlyPrice(used) };
}

/** Under faults the answer to an administrator may fail too, and they ask again. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let asked = 1; ; asked += 1) {
    try {
      return await ask();
    } catch (error) {
      if (asked === mostQuestions) throw error;
    }
  }
}

/** What was used up when the reading was over, and nobody waited to be asked any more. */
interface End {
  meter: Meter;
  runtime: RuntimeFigures;
  waiting: number;
}

/** Lets the five-minute trigger fire for as long as that brings the reading on. */
async function theEnd(stage: BundleStage, administrator: Administrator): Promise<End> {
  const { cloud } = stage;
  let seen = '';
  for (let ticksInVain = 0; ; ticksInVain += 1) {
    await cloud.quiet();
    const meter = await cloud.figures();
    const runtime = await stage.runtimeFigures();
    const { reading } = await patiently(() => administrator.command('overview', { command: 'overview' }));
    const waiting = reading.snapshot?.coverage.waiting ?? 0;
    if (reading.progress === null && waiting === 0) return { meter, runtime, waiting };
    const state = JSON.stringify(reading);
    if (state !== seen) ticksInVain = 0;
    if (ticksInVain === mostTicksInVain) return { meter, runtime, waiting };
    seen = state;
    await cloud.wait(tickSeconds);
    await cloud.fireTrigger('tick-schedule');
  }
}
