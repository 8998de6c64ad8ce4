import type { Frame } from 'playwright-core';

/** What somebody did, and when the list that it led to was painted, in milliseconds since the event. */
export interface Painted {
  /** The key, or what was clicked on. */
  what: string;
  /** Until the last frame in which rows or their number changed; where nothing changed, until the event's own frame. */
  ms: number;
  /** Whether anything changed. */
  changed: boolean;
  /** As the browser itself tells it by Event Timing, in steps of 8 ms; 0 where it was below 16. */
  told: number;
}

interface Probe {
  taken: Painted[];
}

type Probed = typeof globalThis & { probe?: Probe };

/**
 * Begins to watch events of a type in the page. An event's time is that of the browser's input, before any code of the page.
 * A frame counts as painted when a message that was posted from its `requestAnimationFrame` arrives: style, layout and paint lie
 * between them.
 */
export async function watch(frame: Frame, type: 'keydown' | 'click'): Promise<void> {
  await frame.evaluate((watched) => {
    const taken: Painted[] = [];
    let latest: { event: Event; painted: Painted } | undefined;
    (globalThis as Probed).probe = { taken };

    const afterPaint = (then: () => void) =>
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = then;
        channel.port2.postMessage(null);
      });
    const paintedFor = ({ event, painted }: NonNullable<typeof latest>, changed: boolean) => {
      afterPaint(() => {
        if (painted.changed && !changed) return;
        painted.changed ||= changed;
        painted.ms = performance.now() - event.timeStamp;
      });
    };
    const isOfList = ({ target }: MutationRecord) => {
      const element = target instanceof Element ? target : target.parentElement;
      return element !== null && element.closest('.people-tools') === null;
    };

    addEventListener(
      watched,
      (event) => {
        // What is typed with Control pressed chooses a text and changes none.
        if (event instanceof KeyboardEvent && (event.ctrlKey || event.key === 'Control')) return;
        const what = event instanceof KeyboardEvent ? event.key : (event.target as Element).textContent;
        latest = { event, painted: { what, ms: 0, changed: false, told: 0 } };
        taken.push(latest.painted);
        paintedFor(latest, false);
      },
      { capture: true },
    );
    const list = document.querySelector('.people-main');
    if (!list) throw new Error('the page shows no list of people');
    new MutationObserver((records) => {
      if (latest && records.some(isOfList)) paintedFor(latest, true);
    }).observe(list, { subtree: true, childList: true, characterData: true, attributes: true });
    new PerformanceObserver((entries) => {
      for (const entry of entries.getEntries()) {
        if (latest && entry.name === watched && Math.abs(entry.startTime - latest.event.timeStamp) < 1) {
          latest.painted.told = entry.duration;
        }
      }
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  }, type);
}

/** What was watched since the last call. */
export const taken = (frame: Frame): Promise<Painted[]> =>
  frame.evaluate(() => (globalThis as Probed).probe?.taken.splice(0) ?? []);
