import { figuresOf, type Reaction } from './figures.ts';
import { taken, watch } from './probe.ts';
import { processorTime } from './processor.ts';
import type { Window } from './window.ts';

/** Every column that can be sorted by, there and back, is clicked on so many times. */
const ROUNDS = 3;
/** Until the next click, in milliseconds. */
const PAUSE = 400;

/** Puts everybody in order by a click on every heading, both ways. */
export async function sortColumns(window: Window): Promise<Reaction> {
  const { view, outer, frame } = window;
  await watch(frame, 'click');
  const headings = await view.page.locator('.sort-heading').all();
  const time = await processorTime(window, async () => {
    for (const heading of Array.from({ length: ROUNDS }, () => headings).flat()) {
      for (let way = 0; way < 2; way += 1) {
        await heading.click();
        await outer.waitForTimeout(PAUSE);
      }
    }
  });
  return figuresOf(await taken(frame), time);
}
