import { documentText } from './document-text';
import { readDocument, textOf, withField } from './json';

/** The longest id that a policy may have. */
const LONGEST = 60;

/** The id itself, or the first one after it that no policy has. */
export function freeId(id: string, taken: readonly string[]): string {
  if (!taken.includes(id)) return id;
  for (let number = 2; ; number += 1) {
    const end = `-${number}`;
    const free = `${id.slice(0, LONGEST - end.length)}${end}`;
    if (!taken.includes(free)) return free;
  }
}

/** A document to begin a new policy with: where its id is taken, under one that is free. */
export function asNew(text: string, taken: readonly string[]): string {
  const document = readDocument(text);
  const id = textOf(document?.['id']);
  if (!document || !taken.includes(id)) return text;
  return documentText(withField(document, 'id', freeId(id, taken)));
}
