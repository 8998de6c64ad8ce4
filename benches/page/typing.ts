/** Words typed into the search of the users' page, sign by sign, and the time until each sign's people are painted. */
import { Random } from '../data/random.ts';
import { figuresOf, type Reaction } from './figures.ts';
import { taken, watch } from './probe.ts';
import { processorTime } from './processor.ts';
import type { Window } from './window.ts';

/** Names, parts of addresses and ids, words that leave many, few or nobody, and two words at once: nearly every sign matters. */
const WORDS = [
  'ann',
  'an ka',
  'vi w',
  'zo n',
  'mi ols',
  'be',
  'pat',
  'sch',
  'to r',
  'ha',
  '712020:5',
  'nob',
  'jo d',
  'kow',
];
/** What takes each word away again: two signs one by one, the rest at once. */
const AWAY = ['Backspace', 'Backspace', 'Control+a', 'Delete'];
/** Between one key and the next, in milliseconds: of quick and of slow people. */
const PAUSE = { least: 90, most: 280 };

/** Types every word and takes it away again, with real keys. */
export async function typeWords(window: Window, round: number): Promise<Reaction> {
  const { view, outer, frame } = window;
  const random = new Random(round, 1, 0);
  await view.page.getByLabel('Search by name').click();
  await watch(frame, 'keydown');
  const time = await processorTime(window, async () => {
    for (const key of WORDS.flatMap((word) => [...Array.from(word), ...AWAY])) {
      await outer.keyboard.press(key);
      await outer.waitForTimeout(PAUSE.least + random.below(PAUSE.most - PAUSE.least));
    }
  });
  return figuresOf(await taken(frame), time);
}
