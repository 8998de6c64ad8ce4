import { overview } from './overview.ts';
import { page } from './page.ts';
import { shown } from './shown.ts';

/** The English texts, from which the others take their keys. One line a room. */
export const english = {
  overview,
  page,
  shown,
} as const;
