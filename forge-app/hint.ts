import { withCore } from './core';
import { ForgeHost } from './host';

/** An event about a user of Jira. It is only a hint: one that fails is logged and let go, the daily reading finds it all. */
export async function hint(event: unknown): Promise<void> {
  try {
    await withCore((core) => core.hint(new ForgeHost(), event));
  } catch (error) {
    console.error('an event about a user was not noted:', error);
  }
}
