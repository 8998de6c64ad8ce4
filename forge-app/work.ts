import type { QueuedJob } from './host';
import { deliver } from './job';

/** Consumer of the queue of long jobs: syncs and runs, one at a time. */
export async function work(event: QueuedJob): Promise<object | undefined> {
  return deliver('work', event);
}
