import type { Policy } from '../../gen/types';
import { documentText } from './document-text';
import { freeId } from './free-id';

/** A policy's document under another name and an id that is free, switched off. */
export function duplicate(policy: Policy, name: string, taken: readonly string[]): string {
  return documentText({ ...policy, id: freeId(policy.id, taken), name, enabled: false });
}
