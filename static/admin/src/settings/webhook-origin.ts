/** Protocol, host and port of a webhook's address; `undefined` where it is none. The core looks closer. */
export function originOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, hostname, origin, username, password } = new URL(address);
  const isPlain = protocol === 'https:' && hostname.includes('.') && username === '' && password === '';
  return isPlain ? origin : undefined;
}
