import type { Window } from './window.ts';

/** Milliseconds of processor time that the page's main thread takes for something: other work of the machine is not in it. */
export async function processorTime(window: Window, work: () => Promise<void>): Promise<number> {
  const session = await window.outer.context().newCDPSession(window.outer);
  await session.send('Performance.enable');
  const now = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1_000 * (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? Number.NaN);
  };
  const begun = await now();
  await work();
  const time = (await now()) - begun;
  await session.detach();
  return time;
}
