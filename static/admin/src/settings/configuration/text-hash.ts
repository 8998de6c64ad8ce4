/** The SHA-256 of a text, hexadecimal, as the app writes it. */
export const textHash = (text: string): Promise<string> => bytesHash(new TextEncoder().encode(text));

/** The same of bytes. */
export async function bytesHash(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
