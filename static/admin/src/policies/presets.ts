import type { Core } from '../core';
import { readDocument, textOf, type JsonObject } from './json';

/** A policy to start from. */
export interface Preset {
  id: string;
  text: string;
  document: JsonObject;
  /** Whether it asks for what no run honours yet, so that it could not be saved. */
  isNotYet: boolean;
}

/** The core's own documents, the simplest first; they are in a chunk of their own. */
export async function presets({ checkPolicy }: Pick<Core, 'checkPolicy'>): Promise<Preset[]> {
  const { PRESET_TEXTS } = await import('./preset-texts');
  return Promise.all(
    PRESET_TEXTS.map(async (text) => {
      const document = readDocument(text) ?? {};
      // One of which that cannot be told can be chosen: saving it says what is wrong.
      const check = await checkPolicy(text).catch(() => undefined);
      const isNotYet =
        check !== undefined && 'invalid' in check && check.invalid.errors.some(({ code }) => code === 'not-yet');
      return { id: textOf(document['id']), text, document, isNotYet };
    }),
  );
}
