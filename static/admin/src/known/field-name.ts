import type { PlainKey } from '../texts/catalogue';
import type { Say } from '../texts/texts';

/** What a policy's field is, in words; another field is shown by its name alone. */
const FIELDS: Partial<Record<string, PlainKey>> = {
  accountType: 'known.field.accountType',
  status: 'known.field.status',
  emailDomain: 'known.field.emailDomain',
  addedToOrg: 'known.field.addedToOrg',
  group: 'known.field.group',
  role: 'known.field.role',
  access: 'known.field.access',
  idle: 'known.field.idle',
};

export function fieldName(field: string, say: Say): string {
  const key = FIELDS[field];
  return key ? say(key) : field;
}
