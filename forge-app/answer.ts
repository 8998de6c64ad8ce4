import type { QueuedJob } from './host';
import { deliver } from './job';

/** Consumer of the queue of short jobs, which must not wait behind a run. */
export async function answer(event: QueuedJob): Promise<object | undefined> {
  return deliver('answer', event);
}
