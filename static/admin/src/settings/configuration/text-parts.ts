/** The most bytes of one part. */
const MOST = 84 * 1024;

/** A text in parts of so many bytes at most, each of whole signs. */
export function textParts(text: string, most = MOST): string[] {
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let from = 0;
  while (bytes.length - from > most) {
    let end = from + most;
    // The second and later bytes of a sign begin with 10.
    while (((bytes[end] ?? 0) & 0b1100_0000) === 0b1000_0000) end -= 1;
    parts.push(decoder.decode(bytes.subarray(from, end)));
    from = end;
  }
  return [...parts, decoder.decode(bytes.subarray(from))];
}
