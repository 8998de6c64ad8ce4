import { withCore } from './core';
import { ForgeHost } from './host';

/** Every five minutes: the core looks what is due and queues it. What one tick leaves undone, the next one finds. */
export async function tick(): Promise<{ statusCode: number }> {
  await withCore((core) => core.tick(new ForgeHost()));
  return { statusCode: 204 };
}
