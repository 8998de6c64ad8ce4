import type { ControlledCloud } from './cloud.ts';

/** A message that was delivered, as its `.eml` file says. */
export interface Message {
  /** Its place among all messages, from 1, and the name of its file. */
  number: number;
  /** The address in its header `To`. */
  to: string;
  /** The time in its header `Date`, in milliseconds since 1970; whole seconds. */
  sent: number;
  eml: string;
}

/** Everything that lies in the inboxes, in order. */
export async function everyMessage(cloud: ControlledCloud): Promise<Message[]> {
  const messages: Message[] = [];
  for (const { number } of await cloud.inbox()) messages.push(read(number, await cloud.eml(number)));
  return messages;
}

/** Reads the two headers that say to whom and when. Everything else is for a mail program. */
export function read(number: number, eml: string): Message {
  const [head = ''] = eml.split('\r\n\r\n');
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(head.replaceAll(/\r\n(?=[ \t])/g, ''))?.[1];
  const to = /<([^<>]*)>\s*$/.exec(header('To') ?? '')?.[1];
  const sent = Date.parse(header('Date') ?? '');
  if (!to || Number.isNaN(sent)) throw new Error(`message ${number} does not say to whom it went, or when`);
  return { number, to, sent, eml };
}

/** What its file is called. */
export function fileName(number: number): string {
  return `${String(number).padStart(3, '0')}.eml`;
}
