import type { PersonFields, Policy, Settings, TrendMonth, ExemptionSubject } from '../../../gen/types';

/** An exported list of people. */
export interface ExportedList {
  name: string;
  imported: string;
  had: number | null;
  members: string[];
}

/** An exported exemption, as far as it is looked at here. */
export interface ExportedExemption {
  subject: ExemptionSubject;
  reason: string;
  expires?: string | null;
}

/** The form of the text that this page knows. */
export const VERSION = 1;

/** The configuration as it is exported: everything but secrets, the log, runs and stages. */
export interface Configuration {
  seatkeeper: number;
  made: string;
  settings: Settings;
  policies: Policy[];
  exemptions: ExportedExemption[];
  trend: TrendMonth[];
  people: PersonFields[];
  lists: ExportedList[];
}

/** Reads an exported text; nothing where it is none, or of another form. The app looks at all of it again. */
export function configurationIn(text: string): Configuration | undefined {
  try {
    const read = JSON.parse(text) as Partial<Configuration> | null;
    if (typeof read !== 'object' || read?.seatkeeper !== VERSION) return undefined;
    const { settings, made, policies, exemptions, trend, people = [], lists = [] } = read;
    const arrays = [policies, exemptions, trend, people, lists];
    if (typeof made !== 'string' || typeof settings !== 'object' || !arrays.every(Array.isArray)) return undefined;
    return { ...(read as Configuration), people, lists };
  } catch {
    return undefined;
  }
}
