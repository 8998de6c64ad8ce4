import type { Policy } from '../../gen/types';
import { documentText } from './document-text';

/** The longest id that a policy may have. */
const LONGEST = 60;

/** A policy's document under another name and an id that is free, switched off. */
export function duplicate(policy: Policy, name: string, taken: readonly string[]): string {
  return documentText({ ...policy, id: freeId(policy.id, taken), name, enabled: false });
}

function freeId(id: string, taken: readonly string[]): string {
  for (let number = 2; ; number += 1) {
    const end = `-${number}`;
    const free = `${id.slice(0, LONGEST - end.length)}${end}`;
    if (!taken.includes(free)) return free;
  }
}
