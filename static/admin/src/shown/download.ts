/** Hands a file to the browser's downloads. */
export function download(name: string, content: Uint8Array | string, type: string): void {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const url = URL.createObjectURL(new Blob([bytes.slice()], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun by then; revoked at once, some browsers would find nothing.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
