import { rounded } from '../measure/runs.ts';
import { percentile } from './figures.ts';
import type { Window } from './window.ts';

/** Turns of the wheel: slow, quick and flung, down and up again, in pixels. */
const TURNS = [120, 120, 360, 1_200, 6_000, -360, -3_000, 120];
const TURNS_OF_EACH = 40;
/** What a frame may take at most without being noticed, in milliseconds. */
const LONG = 50;

export interface Scrolling {
  frames: number;
  fps: number;
  p95_ms: number;
  longest_ms: number;
  /** Frames that took longer than 50 ms. */
  long: number;
}

type Timed = typeof globalThis & { frameTimes?: number[] };

/** Scrolls through the table with the wheel and takes the time of every frame. */
export async function scroll({ view, outer, frame }: Window): Promise<Scrolling> {
  await view.page.locator('.people-person').nth(4).hover();
  await frame.evaluate(() => {
    const frames: number[] = [];
    (globalThis as Timed).frameTimes = frames;
    const note = (time: number) => {
      frames.push(time);
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
  for (const turn of TURNS) {
    for (let count = 0; count < TURNS_OF_EACH; count += 1) await outer.mouse.wheel(0, turn);
  }
  const at = await frame.evaluate(() => (globalThis as Timed).frameTimes ?? []);
  const times = at.slice(1).map((time, place) => time - (at[place] ?? time));
  const total = times.reduce((sum, time) => sum + time, 0);
  return {
    frames: times.length,
    fps: rounded((1_000 * times.length) / total),
    p95_ms: percentile(times, 95),
    longest_ms: percentile(times, 100),
    long: times.filter((time) => time > LONG).length,
  };
}
