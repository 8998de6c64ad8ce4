import { readDocument, textOf, type JsonObject } from './json';

/** A policy to start from. */
export interface Preset {
  id: string;
  text: string;
  document: JsonObject;
}

/** The core's own documents, the simplest first; they are in a chunk of their own. */
export async function presets(): Promise<Preset[]> {
  const { PRESET_TEXTS } = await import('./preset-texts');
  return PRESET_TEXTS.map((text) => {
    const document = readDocument(text) ?? {};
    return { id: textOf(document['id']), text, document };
  });
}
