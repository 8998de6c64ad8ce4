import { withCore } from './core';
import type { LinkAnswer, LinkRequest } from './gen/types';
import { ForgeHost } from './host';

/** A request at the URL of the web trigger, as far as it is used. */
interface WebRequest {
  method?: string;
  headers?: Record<string, string[]>;
  queryParameters?: Record<string, string[]>;
  body?: string;
}

const longestReason = 2_000;

/** Somebody opens a link of a message, or presses the button of its page. */
export async function link(request: WebRequest): Promise<LinkAnswer> {
  try {
    return await withCore((core) => core.link(new ForgeHost(), linkRequest(request)));
  } catch (error) {
    console.error('a link was not answered:', error);
    return { outputKey: 'try-later' };
  }
}

/** Only pressing the button acts; every other request is a look. */
function linkRequest({ method, headers = {}, queryParameters = {}, body = '' }: WebRequest): LinkRequest {
  const token = queryParameters['t']?.[0] ?? '';
  if (method !== 'POST') return { method: 'GET', token };
  const reason = isForm(headers) ? reasonIn(body) : undefined;
  return reason === undefined ? { method: 'POST', token } : { method: 'POST', token, reason };
}

function isForm(headers: Record<string, string[]>): boolean {
  const [, values] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  return values?.[0]?.split(';')[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded';
}

/** The form's reason, if somebody gave one of a fair length. Browsers send each end of a line as two characters. */
function reasonIn(body: string): string | undefined {
  const reason = new URLSearchParams(body).get('reason')?.replaceAll('\r\n', '\n').trim();
  return reason && Array.from(reason).length <= longestReason ? reason : undefined;
}
