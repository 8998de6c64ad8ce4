import { withCore } from './core';
import { ForgeHost } from './host';

/** What Jira says of a transition, as far as it is used. */
interface Transition {
  issue?: { id?: unknown };
  /** Who made it. */
  atlassianId?: unknown;
}

/** Who acts, as the platform knows it. */
interface Invoked {
  principal?: { accountId?: unknown };
}

/** The post function of a transition that approves the plan of its issue, or asks for an access back. */
export const approval = (event: Transition, invoked?: Invoked): Promise<void> => told(event, invoked, true);

/** The post function of a transition that rejects it. */
export const rejection = (event: Transition, invoked?: Invoked): Promise<void> => told(event, invoked, false);

/** One that fails is logged and let go: the looks at such issues, every ten minutes, find it. */
async function told({ issue, atlassianId }: Transition, invoked: Invoked | undefined, approves: boolean) {
  const account = invoked?.principal?.accountId ?? atlassianId;
  const id = issue?.id;
  if (typeof account !== 'string' || (typeof id !== 'string' && typeof id !== 'number')) return;
  try {
    await withCore((core) => core.approval(new ForgeHost(), String(id), account, approves));
  } catch (error) {
    console.error('a transition of an approval issue was not taken:', error);
  }
}
