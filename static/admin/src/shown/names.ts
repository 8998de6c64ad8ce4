import { useEffect, useSyncExternalStore } from 'react';
import { useDesk } from '../page/desk';
import type { Call } from '../protocol';

/** So many accounts are asked for at once: the core's limit. */
const MOST = 50;
/** How long it is waited for more accounts of the same screen, in milliseconds. */
const GATHERING = 20;

/**
 * What people are called, as Jira shows them to the viewer: asked for once, remembered while the page is open, and stored
 * nowhere (RULES R14).
 */
export class NameBook {
  readonly #call: Call;
  readonly #known = new Map<string, string>();
  readonly #unreached = new Set<string>();
  /** Asked for or about to be; whom Jira does not name is not asked for again. */
  readonly #asked = new Set<string>();
  readonly #listeners = new Set<() => void>();
  #gathered: string[] = [];

  constructor(call: Call) {
    this.#call = call;
  }

  /** The name, once it has come. */
  nameOf(account: string): string | undefined {
    return this.#known.get(account);
  }

  /** Whether mail of this site does not reach an account, as far as it is known. */
  isUnreached(account: string): boolean {
    return this.#unreached.has(account);
  }

  /** Asks for the name of an account that is on the screen, together with the others there. */
  want(account: string): void {
    if (this.#asked.has(account)) return;
    this.#asked.add(account);
    this.#gathered.push(account);
    if (this.#gathered.length === 1) setTimeout(() => this.#askAll(), GATHERING);
  }

  readonly listen = (changed: () => void): (() => void) => {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  };

  #askAll(): void {
    const all = this.#gathered;
    this.#gathered = [];
    for (let from = 0; from < all.length; from += MOST) void this.#ask(all.slice(from, from + MOST));
  }

  async #ask(accounts: string[]): Promise<void> {
    try {
      const { names, unreached } = await this.#call<'namesOf'>({ command: 'namesOf', accounts });
      for (const [account, name] of names) this.#known.set(account, name);
      for (const account of unreached) this.#unreached.add(account);
      for (const changed of this.#listeners) changed();
    } catch {
      // The ids stay; whatever shows one of them next asks again.
      for (const account of accounts) this.#asked.delete(account);
    }
  }
}

/** What a person is called, once it is known. Nobody is asked for without an account. */
export function useName(account: string | undefined): string | undefined {
  const { names } = useDesk();
  useEffect(() => {
    if (account) names.want(account);
  }, [names, account]);
  return useSyncExternalStore(names.listen, () => (account ? names.nameOf(account) : undefined));
}

/** Whether mail of this site does not reach a person, once it is known. */
export function useIsUnreached(account: string): boolean {
  const { names } = useDesk();
  useEffect(() => names.want(account), [names, account]);
  return useSyncExternalStore(names.listen, () => names.isUnreached(account));
}
