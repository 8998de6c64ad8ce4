import { withCore } from './core';
import { deliverAgain, ForgeHost, type QueuedJob } from './host';

/** After a defect or a failed storage the same job is worth another try, but not at once. */
const afterFailureSeconds = 60;

/**
 * One delivery of a job to the core. The platform redelivers after a time-out, but not after an error that a
 * function throws, so an error is logged and turned into a request for another delivery: a job is never lost.
 */
export async function deliver(queue: 'work' | 'answer', event: QueuedJob): Promise<object | undefined> {
  try {
    const outcome = await withCore((core) => core.work(new ForgeHost(), queue, event.body.job));
    return outcome.state === 'retry' ? deliverAgain(outcome.afterSeconds) : undefined;
  } catch (error) {
    console.error(`a job of the queue ${queue} failed and is delivered again in ${afterFailureSeconds} s:`, error);
    return deliverAgain(afterFailureSeconds);
  }
}
