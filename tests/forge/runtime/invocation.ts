import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/** External calls that the platform allows in one runtime minute. */
const callsPerMinute = 100;

/** What the dispatcher asks of the runtime. */
export interface Request {
  /** The platform's name for this invocation. */
  id?: string;
  functionKey: string;
  /** The platform's time, as RFC 3339. */
  now?: string;
  /** `file.export`, as the manifest has it. */
  handler: string;
  moduleType: string;
  moduleKey: string;
  timeoutSeconds: number;
  payload: unknown;
  context: { principal?: { accountId?: string }; installation?: { ari?: string }; installContext?: string };
}

/** One invocation under way: its tenant, its time, its allowance. Everything that asks the platform finds it here. */
export class Invocation {
  readonly id: string;
  readonly deadline: number;
  /** Set when its time was up: the container is frozen, so nothing that it still asks for is answered. */
  private killed = false;
  readonly request: Request;
  /** The tenant's simulated cloud. */
  readonly cloud: string;
  private externalCalls = 0;

  constructor(request: Request, cloud: string) {
    this.id = request.id ?? randomUUID();
    this.request = request;
    this.cloud = cloud;
    this.deadline = Date.now() + request.timeoutSeconds * 1000;
  }

  /** The person who caused it, if one did. */
  get accountId(): string | undefined {
    return this.request.context.principal?.accountId;
  }

  kill(): void {
    this.killed = true;
  }

  isKilled(): boolean {
    return this.killed;
  }

  remainingMs(): number {
    return this.deadline - Date.now();
  }

  /** Counts a call to the outside. The platform counts runtime minutes from the declared time-out, rounded up. */
  spendExternalCall(): void {
    this.externalCalls += 1;
    if (this.externalCalls > callsPerMinute * Math.ceil(this.request.timeoutSeconds / 60)) {
      throw new Error(`more than ${callsPerMinute} external calls in a runtime minute`);
    }
  }
}

const current = new AsyncLocalStorage<Invocation>();

/** Runs a handler as part of an invocation. */
export function within<T>(invocation: Invocation, call: () => Promise<T>): Promise<T> {
  return current.run(invocation, call);
}

/** The invocation that the calling code belongs to. */
export function invocationHere(): Invocation | undefined {
  return current.getStore();
}
