import { withCore } from './core';
import type { Command, Reply } from './gen/types';
import { ForgeHost, resolver } from './host';

/** A defect's text names source files: it is for the app's log, not for the page. */
const failed: Reply = {
  error: {
    code: 'app-failed',
    message: 'the app failed inside before it could answer',
    hint: "look at the page again in a minute to see what was done; if it happens again, send the app's logs to its developers",
    errors: [],
  },
};

/** Nothing that the page sends; somebody calls the resolver by hand. */
const notUnderstood: Reply = {
  error: {
    code: 'bad-command',
    message: 'the app does not know this command, or a part of it is missing',
    hint: 'reload the page: it may be older than the app',
    errors: [],
  },
};

const nobody: Reply = {
  error: {
    code: 'not-allowed',
    message: 'no signed-in person sent this command',
    hint: 'open the page in Jira and try again',
    errors: [],
  },
};

async function reply(accountId: string | undefined, payload: unknown): Promise<Reply> {
  if (accountId === undefined) return nobody;
  const host = new ForgeHost();
  try {
    const answer = await withCore((core) => core.admin(host, { accountId }, payload as Command));
    if (host.consentNeeded) throw host.consentNeeded;
    return answer;
  } catch (error) {
    if (error === host.consentNeeded) throw error;
    if (error instanceof Error && 'code' in error && error.code === 'BAD_VALUE') return notUnderstood;
    console.error('a command of the page failed:', error);
    return failed;
  }
}

/** A resolver for commands of the page. Each module has one of its own: the platform treats each function by its module's rules. */
export function commandResolver() {
  return resolver<Reply>('admin', reply);
}
