import type { Translation } from '../catalogue.ts';
import type { english } from '../en-US/index.ts';
import { overview } from './overview.ts';
import { page } from './page.ts';
import { shown } from './shown.ts';

/** The German texts: the same rooms as the English ones. */
export const german: { [R in keyof typeof english]: Translation<(typeof english)[R]> } = {
  overview,
  page,
  shown,
};
