import type { PlainKey } from '../texts/catalogue';
import type { Say } from '../texts/texts';

/** The fields of a profile that the organization's API tells, in words; another one keeps its own name. */
const FIELDS: Partial<Record<string, PlainKey>> = {
  jobTitle: 'people.profile.jobTitle',
  department: 'people.profile.department',
  organization: 'people.profile.organization',
  location: 'people.profile.location',
};

export function profileFieldName(field: string, say: Say): string {
  const key = FIELDS[field];
  return key ? say(key) : field;
}
