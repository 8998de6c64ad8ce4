import type { PolicyError } from '../../../gen/types';
import type { Json, JsonObject } from '../json';

/** What each step of the editor edits: a field of the document, or its removal. */
export interface StepProps {
  document: JsonObject;
  onChange: (field: string, value: Json | undefined) => void;
}

/** The steps, and the fields of the document that each of them shows. */
export const STEPS = {
  who: ['id', 'name', 'description', 'match', 'keep', 'evenIfActive'],
  what: ['stages', 'unreachable', 'approval'],
  when: ['enabled', 'schedule'],
  limits: ['limits', 'confirm', 'tolerance', 'report'],
} as const satisfies Record<string, readonly string[]>;

export type Step = keyof typeof STEPS;
export const STEP_NAMES = Object.keys(STEPS) as Step[];

/** Which step shows a mistake; none where only the JSON view does. */
export function stepOf({ path }: PolicyError): Step | undefined {
  const field = /^\$\.(\w+)/.exec(path)?.[1];
  return STEP_NAMES.find((step) => (STEPS[step] as readonly string[]).some((shown) => shown === field));
}

/** Fields that every step leaves to the JSON view or to the last step. */
export const SHOWN: readonly string[] = ['version', ...Object.values(STEPS).flat()];
