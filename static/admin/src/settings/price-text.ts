/** A price with at most two decimals, after a point or a comma. */
export const PRICE = /^\d{1,7}([.,]\d{1,2})?$/;
export const CURRENCY = /^[A-Za-z]{3}$/;
/** Numbers between commas, or nothing. */
export const EDGES = /^(\d+\s*(,\s*\d+\s*)*)?$/;

/** A written price in hundredths, without a detour through fractions. */
export function hundredths(text: string): number {
  const [whole = '', part = ''] = text.trim().split(/[.,]/);
  return Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

/** Written edges in their order, each once. */
export const edgesOf = (text: string): number[] =>
  [
    ...new Set(
      text
        .split(',')
        .map((edge) => edge.trim())
        .filter(Boolean)
        .map(Number),
    ),
  ].sort((a, b) => a - b);
