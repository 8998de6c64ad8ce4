import { invocationHere, type Request } from '../../tests/forge/runtime/invocation.ts';

/** In a request, when it was sent; in the answer, when it arrived. Milliseconds since 1970. */
const timeHeader = 'x-simulated-now';
/** In an answer that stands for none. */
const lostHeader = 'x-simulated-lost';
/** After this time the platform gives up a request, if the app did not before. */
const longestRequestMs = 180_000;

type Fetch = typeof globalThis.fetch;

/** Never settles: what code in a frozen container sees. */
const frozen = new Promise<never>(() => undefined);

/**
 * The cloud's time in the process that runs the app: it passes with the answers of the cloud and never by itself.
 * Everything that waits takes its time there and none here, so that a reading of minutes is over in seconds.
 */
export class VirtualTime {
  private ms = 0;
  /** How long those who made a signal would wait. */
  private readonly patience = new WeakMap<AbortSignal, number>();
  private readonly endings = new WeakMap<Request, (error: Error) => void>();

  /** Puts itself in the place of the process's clock and of its way to the cloud; before the platform is laid over it. */
  install(cloud: string): void {
    const real = globalThis.fetch;
    Date.now = () => this.ms;
    AbortSignal.timeout = (ms) => {
      const { signal } = new AbortController();
      this.patience.set(signal, ms);
      return signal;
    };
    globalThis.fetch = (url, init) => this.reach(real, cloud, url, init);
  }

  /** It never goes back. */
  passTo(ms: number): void {
    if (ms > this.ms) this.ms = ms;
  }

  /** Runs an invocation, which ends when its time is over. */
  untilDeadline<T>(request: Request, call: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.endings.set(request, reject);
      call().then(resolve, reject);
    });
  }

  private async reach(real: Fetch, cloud: string, url: string | URL | globalThis.Request, init?: RequestInit) {
    const headers = new Headers(init?.headers);
    headers.set(timeHeader, String(this.ms));
    const response = await real(url, { ...init, headers }).catch(async (error: unknown) => {
      await this.passBy(real, cloud, 0);
      this.endIfOver();
      throw error;
    });
    this.passTo(Number(response.headers.get(timeHeader)));
    if (response.headers.has(lostHeader)) await this.giveUp(real, cloud, init?.signal);
    return this.endIfOver() ? frozen : response;
  }

  /** Waits in vain, for as long as the caller would have. */
  private async giveUp(real: Fetch, cloud: string, signal: AbortSignal | null | undefined): Promise<void> {
    const patience = (signal && this.patience.get(signal)) ?? longestRequestMs;
    const left = Math.max(0, (invocationHere()?.deadline ?? Infinity) - this.ms);
    await this.passBy(real, cloud, Math.ceil(Math.min(patience, left) / 1000));
    if (this.endIfOver()) await frozen;
    throw new DOMException('the request took too long', 'TimeoutError');
  }

  private async passBy(real: Fetch, cloud: string, seconds: number): Promise<void> {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ seconds }) };
    const { now } = (await (await real(`${cloud}/control/clock`, init)).json()) as { now: string };
    this.passTo(Date.parse(now));
  }

  private endIfOver(): boolean {
    const invocation = invocationHere();
    if (!invocation || invocation.remainingMs() > 0) return false;
    invocation.kill();
    const { functionKey, timeoutSeconds } = invocation.request;
    this.endings.get(invocation.request)?.(new Error(`${functionKey} was killed after ${timeoutSeconds} s`));
    return true;
  }
}
