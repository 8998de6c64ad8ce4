/** Names and globs as predicates: whatever a glob's form, the cheapest test that decides it. */

export type Fits = (text: string) => boolean;

/** Whether a text is one of some names or fits one of some globs (`*` stands for any text). */
export function fitsAny(patterns: readonly string[]): Fits {
  const globs = patterns.filter((pattern) => pattern.includes('*')).map(glob);
  const exact = patterns.filter((pattern) => !pattern.includes('*'));
  const [only] = exact;
  const isName: Fits = exact.length === 1 ? (text) => text === only : inSet(new Set(exact));
  const [glob1, glob2] = globs;
  if (!glob1) return isName;
  if (!glob2) return exact.length === 0 ? glob1 : (text) => isName(text) || glob1(text);
  if (globs.length === 2) return (text) => isName(text) || glob1(text) || glob2(text);
  return (text) => isName(text) || globs.some((fits) => fits(text));
}

const inSet =
  (names: ReadonlySet<string>): Fits =>
  (text) =>
    names.has(text);

function glob(pattern: string): Fits {
  const parts = pattern.split('*');
  const [first = '', second = ''] = parts;
  if (parts.length === 2 && second === '') return (text) => text.startsWith(first);
  if (parts.length === 2 && first === '') return (text) => text.endsWith(second);
  if (parts.length === 3 && first === '' && parts[2] === '') return (text) => text.includes(second);
  const escaped = parts.map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const expression = new RegExp(`^${escaped.join('.*')}$`, 's');
  return (text) => expression.test(text);
}

export const lower = (texts: readonly string[]): string[] => texts.map((text) => text.toLowerCase());
