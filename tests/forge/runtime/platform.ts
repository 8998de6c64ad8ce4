import { Invocation, invocationHere } from './invocation.ts';

/** Where a call of Forge's packages goes: what `__forge_fetch__` gets as its first argument. */
interface Target {
  type: string;
  provider?: 'app' | 'user' | 'none';
  remote?: string;
  accountId?: string;
}

type Fetch = typeof globalThis.fetch;

/** Never settles: what code in a frozen container sees. */
const frozen = new Promise<never>(() => undefined);

/**
 * Lays down the two globals over which Forge's packages reach the platform, and the guarded `fetch`.
 * They serve every tenant of the process: which one is asked for follows from the invocation that is running.
 */
export function installPlatform(declaredHosts: string[], configurable = false): void {
  const real = globalThis.fetch;
  Object.defineProperty(globalThis, '__forge_runtime__', {
    configurable: true,
    get: () => {
      const invocation = invocationHere();
      return invocation && runtimeObject(invocation);
    },
  });
  Object.assign(globalThis, {
    __forge_fetch__: (target: Target, path: string, init: RequestInit) => platformCall(real, target, path, init),
    fetch: (url: string | URL | globalThis.Request, init?: RequestInit) =>
      egress(real, { declaredHosts, configurable }, url, init),
  });
}

/** Forge's packages and services: storage, queues, Jira. */
function platformCall(real: Fetch, target: Target, path: string, options: RequestInit): Promise<Response> {
  const invocation = invocationHere();
  if (!invocation) throw new Error('no invocation is running here');
  if (invocation.isKilled()) return frozen;
  const headers = new Headers(options.headers);
  headers.set('x-simulated-invocation', invocation.id);
  const init = { ...options, headers };
  if (target.type === 'kvs') return real(`${invocation.cloud}/forge/storage${path}`, init);
  const queue = /^\/webhook\/queue\/(publish|stats|cancel)\//.exec(path);
  if (target.remote === 'stargate' && queue) return real(`${invocation.cloud}/forge/queue/${queue[1] ?? ''}`, init);
  if (target.remote === 'stargate' && path === '/graphql') return real(`${invocation.cloud}/forge/graphql`, init);
  if (target.remote === 'stargate' && path === '/app/report-accounts') {
    return real(`${invocation.cloud}/forge/report-accounts`, init);
  }
  if (target.remote === 'jira') return jiraCall(real, invocation, target, path, init);
  throw new Error(`the simulated platform has no ${target.type} ${target.remote ?? ''} ${path}`);
}

function jiraCall(
  real: Fetch,
  invocation: Invocation,
  target: Target,
  path: string,
  init: RequestInit & { headers: Headers },
): Promise<Response> {
  const caller = target.provider === 'app' ? 'app' : invocation.accountId && `user:${invocation.accountId}`;
  if (!caller) {
    // Without a person in the invocation the proxy has nobody to act as.
    return Promise.resolve(
      new Response(null, { status: 401, headers: { 'forge-proxy-error': 'AUTH_TYPE_UNAVAILABLE' } }),
    );
  }
  init.headers.set('x-simulated-caller', caller);
  return real(`${invocation.cloud}/jira${path}`, init);
}

/** On the cloud's answer where no administrator allowed the address. */
const refusedEgress = 'x-simulated-egress';

/**
 * `fetch` as the platform gives it to an app: declared hosts only, and those that administrators allowed where the manifest
 * lets them, and a limited number of calls.
 */
async function egress(
  real: Fetch,
  { declaredHosts, configurable }: { declaredHosts: string[]; configurable: boolean },
  url: string | URL | globalThis.Request,
  init?: RequestInit,
): Promise<Response> {
  const invocation = invocationHere();
  if (!invocation) return real(url, init);
  if (invocation.isKilled()) return frozen;
  const address = new URL(url instanceof Request ? url.url : url);
  const isDeclared = declaredHosts.includes(address.host);
  if (address.protocol !== 'https:' || !(isDeclared || configurable)) throw notAllowed(address);
  invocation.spendExternalCall();
  const at = isDeclared ? invocation.cloud : `${invocation.cloud}/outside`;
  const answer = await real(`${at}/${address.host}${address.pathname}${address.search}`, init);
  if (invocation.isKilled()) return frozen;
  if (answer.headers.has(refusedEgress)) throw notAllowed(address);
  return answer;
}

function notAllowed(address: URL): Error {
  return Object.assign(new Error(`REQUEST_EGRESS_ALLOWLIST_ERR: ${address.origin} is not allowed`), {
    code: 'REQUEST_EGRESS_ALLOWLIST_ERR',
  });
}

/** What `getAppContext()` and the other packages read of the running invocation. */
function runtimeObject(invocation: Invocation): object {
  const { request, id } = invocation;
  const nothing = (): void => undefined;
  const counter = { incr: nothing, incrBy: nothing, decr: nothing, decrBy: nothing };
  const timing = { measure: () => ({ stop: nothing }) };
  return {
    proxy: { token: 'simulated', url: invocation.cloud, host: new URL(invocation.cloud).host },
    contextAri: request.context.installContext,
    appContext: {
      appId: '00000000-0000-0000-0000-000000000000',
      appVersion: '1.0.0',
      environmentId: '00000000-0000-0000-0000-000000000001',
      environmentType: 'DEVELOPMENT',
      invocationId: id,
      installationId: '00000000-0000-0000-0000-000000000002',
      functionKey: request.functionKey,
      moduleType: request.moduleType,
      moduleKey: request.moduleKey,
    },
    aaid: invocation.accountId,
    lambdaContext: { awsRequestId: id, getRemainingTimeInMillis: () => invocation.remainingMs() },
    tracing: { traceId: id, spanId: id },
    metrics: { counter: () => counter, timing: () => timing, gauge: () => ({ set: nothing }) },
  };
}
