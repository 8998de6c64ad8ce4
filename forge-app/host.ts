import {
  __getRuntime,
  asApp,
  asUser,
  assumeTrustedRoute,
  fetch,
  getAppContext,
  NeedsAuthenticationError,
  privacy,
  webTrigger,
  type APIResponse,
} from '@forge/api';
import { InvocationError, InvocationErrorCode, Queue, type AsyncEvent } from '@forge/events';
import { Filter, FilterConditions, ForgeKvsAPIError, kvs, Sort, WhereConditions } from '@forge/kvs';
import Resolver from '@forge/resolver';
import { randomBytes } from 'node:crypto';
import type { HostPort, HostWrite } from './gen/core';

/** The one external address; the manifest declares it too. */
const atlassian = 'https://api.atlassian.com';
/** No call of the organization API takes longer; a connection that hangs must not use up the invocation. */
const answerWithinMs = 60_000;
/** No webhook is waited for longer. */
const hookAnswersWithinMs = 10_000;
/** 16 values of the largest size (240 KiB) stay below the 4 MB of a batch. */
const batchSize = 16;

/** The most accounts in one report. */
const reportSize = 90;

type ReportedAccount = Parameters<HostPort['reportAccounts']>[0][number];
type AccountVerdict = Awaited<ReturnType<HostPort['reportAccounts']>>[number];
type Condition = Extract<HostWrite, { op: 'check' }>['condition'];
type Attributes = Record<string, unknown>;

/** What one invocation of the core may reach, over Forge's own packages. */
export class ForgeHost implements HostPort {
  /** Set when Jira asked for the caller's consent first: thrown out of the resolver, it makes the platform ask them. */
  consentNeeded: NeedsAuthenticationError | undefined;

  async send(
    service: 'atlassian' | 'jira-as-app' | 'jira-as-caller',
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body: string | undefined,
    bearer: string | undefined,
    boundary: string | undefined,
  ): Promise<{ status: number; headers: [string, string][]; body: Uint8Array }> {
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    if (boundary !== undefined) {
      headers['Content-Type'] = `multipart/form-data; boundary=${boundary}`;
      // Jira takes no form without it.
      headers['X-Atlassian-Token'] = 'no-check';
    }
    if (bearer !== undefined) headers['Authorization'] = `Bearer ${bearer}`;
    const init = body === undefined ? { method, headers } : { method, headers, body };
    if (service === 'atlassian') {
      const signal = AbortSignal.timeout(Math.max(1, Math.min(answerWithinMs, this.timeLeft())));
      return received(await fetch(atlassian + path, { ...init, redirect: 'manual', signal }));
    }
    const jira = service === 'jira-as-app' ? asApp() : asUser();
    try {
      return await received(await jira.requestJira(assumeTrustedRoute(path), init));
    } catch (error) {
      if (error instanceof NeedsAuthenticationError) this.consentNeeded = error;
      throw error;
    }
  }

  async deliver(
    url: string,
    id: string,
    signature: string,
    body: string,
  ): Promise<{ status: number; headers: [string, string][]; body: Uint8Array }> {
    const headers = {
      'Content-Type': 'application/json',
      'X-Seatkeeper-Delivery': id,
      'X-Seatkeeper-Signature': signature,
    };
    const enough = new AbortController();
    const inTime = AbortSignal.timeout(Math.max(1, Math.min(hookAnswersWithinMs, this.timeLeft())));
    const signal = AbortSignal.any([inTime, enough.signal]);
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    const refused = response.headers.get('forge-proxy-error');
    const told = headersOf(response);
    // Whatever stands in the body, nobody asked for it.
    enough.abort();
    if (refused) throw new Error(refused);
    return { status: response.status, headers: told, body: new Uint8Array() };
  }

  async get(keys: string[]): Promise<(string | undefined)[]> {
    const found = new Map<string, string>();
    for (let from = 0; from < keys.length; from += batchSize) {
      for (const [key, value] of await readBatch(keys.slice(from, from + batchSize))) found.set(key, value);
    }
    return keys.map((key) => found.get(key));
  }

  async getEntity(entity: string, key: string): Promise<string | undefined> {
    return text(await kvs.entity<Attributes>(entity).get(key));
  }

  async query(
    entity: string,
    index: string,
    partition: string[],
    between: [string, string] | undefined,
    descending: boolean,
    limit: number,
    cursor: string | undefined,
  ): Promise<{ values: string[]; cursor?: string }> {
    const query = kvs
      .entity<Attributes>(entity)
      .query()
      .index(index, { partition })
      .sort(descending ? Sort.DESC : Sort.ASC)
      .limit(limit);
    if (between !== undefined) query.where(WhereConditions.between(...between));
    if (cursor !== undefined) query.cursor(cursor);
    const { results, nextCursor } = await query.getMany();
    const values = results.map(({ value }) => JSON.stringify(value));
    return nextCursor ? { values, cursor: nextCursor } : { values };
  }

  async transact(writes: HostWrite[]): Promise<boolean> {
    const transaction = kvs.transact();
    for (const write of writes) {
      if (write.op === 'set') transaction.set(write.key, JSON.parse(write.value));
      else if (write.op === 'delete') transaction.delete(write.key);
      else if (write.op === 'deleteEntity') transaction.delete(write.key, { entityName: write.entity });
      else if (write.op === 'check') {
        transaction.check(write.key, { entityName: write.entity, conditions: filter(write.condition) });
      } else {
        const conditions = write.condition ? { conditions: filter(write.condition) } : {};
        transaction.set(write.key, JSON.parse(write.value) as Attributes, { entityName: write.entity, ...conditions });
      }
    }
    try {
      await transaction.execute();
      return true;
    } catch (error) {
      if (isFailedCondition(error)) return false;
      throw error;
    }
  }

  async secret(key: string): Promise<string | undefined> {
    return kvs.getSecret<string>(key);
  }

  async setSecret(key: string, value: string): Promise<void> {
    await kvs.setSecret(key, value);
  }

  async deleteSecret(key: string): Promise<void> {
    await kvs.deleteSecret(key);
  }

  async push(queue: 'work' | 'answer', job: string, delaySeconds: number): Promise<void> {
    const event = { body: { job }, delayInSeconds: delaySeconds };
    // Long jobs one at a time, short ones as they come.
    const alone = { concurrency: { key: queue, limit: 1 } };
    await new Queue({ key: queue }).push(queue === 'work' ? { ...event, ...alone } : event);
  }

  async reportAccounts(accounts: ReportedAccount[]): Promise<AccountVerdict[]> {
    const verdicts: AccountVerdict[] = [];
    // Given more, Forge's package would send all its batches at the same moment.
    for (let from = 0; from < accounts.length; from += reportSize) {
      verdicts.push(...(await reportBatch(accounts.slice(from, from + reportSize))));
    }
    return verdicts;
  }

  async linkUrl(): Promise<string | undefined> {
    try {
      return await webTrigger.getUrl('link-trigger');
    } catch (error) {
      console.error('the platform gave no URL for links:', error);
      return undefined;
    }
  }

  now(): number {
    return Date.now();
  }

  timeLeft(): number {
    return Math.max(0, getAppContext().invocationRemainingTimeInMillis());
  }

  cloudId(): string | undefined {
    const { installation } = getAppContext();
    return (
      installation?.contexts.find(({ cloudId }) => cloudId !== undefined)?.cloudId ??
      cloudIdOf(__getRuntime().contextAri)
    );
  }

  random(): Uint8Array {
    return randomBytes(16);
  }
}

/** What a queue hands to its consumer: the job as `push` packed it. */
export type QueuedJob = AsyncEvent<{ job: string }>;

/** Returned from a consumer, it has the event delivered again after a while. */
export function deliverAgain(afterSeconds: number): InvocationError {
  return new InvocationError({ retryAfter: afterSeconds, retryReason: InvocationErrorCode.FUNCTION_RETRY_REQUEST });
}

/** A resolver with one function. The account is the platform's own word, not the page's. */
export function resolver<R>(
  functionKey: string,
  answer: (accountId: string | undefined, payload: unknown) => Promise<R>,
) {
  const request = ({ payload, context }: { payload: unknown; context: Attributes }) => {
    const accountId = context['accountId'];
    return answer(typeof accountId === 'string' ? accountId : undefined, payload);
  };
  return new Resolver().define<unknown, R>(functionKey, request).getDefinitions();
}

async function received(
  response: APIResponse,
): Promise<{ status: number; headers: [string, string][]; body: Uint8Array }> {
  const body = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, headers: headersOf(response), body };
}

function headersOf(response: APIResponse): [string, string][] {
  const headers: [string, string][] = [];
  response.headers.forEach((value, name) => headers.push([name.toLowerCase(), value]));
  return headers;
}

/** One batch of a report. The package rejects with the answer itself where it was not taken. */
async function reportBatch(accounts: ReportedAccount[]): Promise<AccountVerdict[]> {
  try {
    return await privacy.reportPersonalData(accounts);
  } catch (error) {
    if (error instanceof Error) throw error;
    throw new Error(`status ${(error as APIResponse).status}`, { cause: error });
  }
}

/** One batch of values; a key in neither list of the answer is asked for alone, whose answer is unambiguous. */
async function readBatch(keys: string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const missing = new Set(keys);
  if (keys.length > 1) {
    const { successfulKeys, failedKeys } = await kvs.batchGet<unknown>(keys.map((key) => ({ key })));
    for (const { key, value } of successfulKeys) {
      found.set(key, JSON.stringify(value));
      missing.delete(key);
    }
    for (const { key, error } of failedKeys) {
      if (error.code !== 'KEY_NOT_FOUND') throw new Error(`reading ${key} failed: ${error.code} ${error.message}`);
      missing.delete(key);
    }
  }
  for (const key of missing) {
    const value = text(await kvs.get<unknown>(key));
    if (value !== undefined) found.set(key, value);
  }
  return found;
}

/** The cloud id in the resource identifier of an installation's context, such as `ari:cloud:jira::site/<cloud id>`. */
function cloudIdOf(context: string): string | undefined {
  return /^ari:cloud:[^:]+::site\/([^/]+)$/.exec(context)?.[1];
}

function text(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

function filter(condition: Condition) {
  const holds = 'equals' in condition ? FilterConditions.equalTo(condition.equals) : FilterConditions.notExists();
  return new Filter<Attributes>().and(condition.attribute, holds);
}

/** The platform documents no code for a condition that did not hold, so any that speaks of one is taken for it. */
function isFailedCondition(error: unknown): boolean {
  if (!(error instanceof ForgeKvsAPIError)) return false;
  return error.responseDetails.status === 409 || /CONDITION|CONFLICT/i.test(error.code);
}
