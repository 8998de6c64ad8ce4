/** The battery's policies, by how many conditions on a person they hold. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hundred } from './hundred.ts';
import type { Policy } from './language.ts';

const read = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8')) as Policy;

export const POLICIES: readonly { conditions: number; policy: Policy }[] = [
  { conditions: 5, policy: read('five.json') },
  { conditions: 20, policy: read('twenty.json') },
  { conditions: 100, policy: hundred() },
];
