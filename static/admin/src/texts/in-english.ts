import { flat } from './catalogue.ts';
import { english } from './en-US/index.ts';
import { textsOf } from './texts.ts';

const table = flat(english);

/** English texts at hand, for tests of what is worded. */
export const inEnglish = (locale = 'en') => textsOf((key) => table[key] ?? '', locale);
