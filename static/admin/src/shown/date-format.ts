/** Formats by locale, zone and style. */
const made = new Map<string, Intl.DateTimeFormat>();

/** A format of dates. Making one takes longer than painting the row of a table that it is for: each is made once. */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${locale} ${JSON.stringify(options)}`;
  const known = made.get(name);
  if (known) return known;
  const format = new Intl.DateTimeFormat(locale, options);
  made.set(name, format);
  return format;
}
