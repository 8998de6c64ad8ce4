/** The parts of the settings as the address names them, in groups and in the order of their navigation. */
export const GROUPS = [
  { group: 'organization', parts: ['connection', 'decisions', 'notices', 'prices', 'experiments'] },
  { group: 'own', parts: ['fields', 'lists', 'configuration'] },
  { group: 'safety', parts: ['limits', 'log', 'danger'] },
] as const;

export type SettingsPart = (typeof GROUPS)[number]['parts'][number];

const ALL: readonly SettingsPart[] = GROUPS.flatMap(({ parts }) => [...parts]);

/** The part that an address names; the first where it names none. */
export const partOf = (name: string | undefined): SettingsPart => ALL.find((part) => part === name) ?? 'connection';
