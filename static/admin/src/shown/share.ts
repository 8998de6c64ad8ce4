/**
 * A share in percent with one decimal, cut off and not rounded, so that 100 % means all of them. Of none there is no
 * share.
 */
export function percent(part: number, of: number, locale: string): string {
  if (of === 0) return '–';
  const thousandths = Math.floor((part * 1_000) / of);
  return `${(thousandths / 10).toLocaleString(locale)} %`;
}
