import { createContext, useContext } from 'react';
import type { Texts } from './texts';

const TextsContext = createContext<Texts | undefined>(undefined);
export const TextsProvider = TextsContext.Provider;

/** The words of the page: no part of it holds any of its own. */
export function useTexts(): Texts {
  const texts = useContext(TextsContext);
  if (!texts) throw new Error('a part of the page stands outside its texts');
  return texts;
}
