import { collect } from './collect';

/** Dropped instances with more memory than this in all are collected before the next one is made. */
const mostLeftBytes = 32 * 1024 * 1024;

/** What the generated glue of a core offers besides the core's own exports. */
interface Glue {
  initSync(options: { module: WebAssembly.Module }): { memory: WebAssembly.Memory };
}

type CreateGlue<G extends Glue> = (queueMicrotask: (poll: () => void) => void) => G;

/** The core broke off in the middle of its work: a defect of the app, never a user's mistake. */
export class CorePanic extends Error {
  readonly code = 'CORE_PANIC';

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'CorePanic';
  }
}

/**
 * Makes the function that runs one invocation on an instance of its own and drops the instance afterwards.
 *
 * Compiled code holds no data, so a warm container shares it; an instance holds a tenant's data and is never shared.
 * Every poll of a Rust future passes through the function given to `createGlue`. A poll that traps would leave the
 * future's promise pending until the platform ends the invocation; here the invocation rejects at once.
 */
export function perInvocation<G extends Glue>(createGlue: CreateGlue<G>, readWasm: () => Uint8Array<ArrayBuffer>) {
  let compiled: WebAssembly.Module | undefined;
  let leftBytes = 0;
  return <T>(call: (core: G) => Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (leftBytes > mostLeftBytes) {
        collect();
        leftBytes = 0;
      }
      const core = createGlue((poll) => {
        queueMicrotask(() => {
          try {
            poll();
          } catch (trap) {
            reject(new CorePanic(trap));
          }
        });
      });
      compiled ??= new WebAssembly.Module(readWasm());
      const { memory } = core.initSync({ module: compiled });
      const leave = () => {
        leftBytes += memory.buffer.byteLength;
      };
      call(core).finally(leave).then(resolve, reject);
    });
}
