/** (e) The engine without wasm, in a process of its own that is told what to decide and when. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { type Interface, createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** Built by `cargo build --profile page --package native`: with the settings of the page's core. */
export const NATIVE = 'target/page/native';

export interface NativeAnswer {
  ms: number;
  matched: number;
  unknown: number;
  fingerprint: number;
}

export class Native {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  private constructor(file: string) {
    this.#process = spawn(NATIVE, ['decide', file], { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines: Interface = createInterface({ input: this.#process.stdout });
    this.#lines = lines[Symbol.asyncIterator]();
  }

  /** Comes back when the pages are read. */
  static async start(file: string): Promise<Native> {
    const native = new Native(file);
    await native.#line();
    return native;
  }

  async evaluate(policyFile: string, now: string): Promise<NativeAnswer> {
    this.#process.stdin.write(`${now} ${policyFile}\n`);
    return JSON.parse(await this.#line()) as NativeAnswer;
  }

  stop(): void {
    this.#process.stdin.end();
  }

  async #line(): Promise<string> {
    const { value, done } = (await this.#lines.next()) as IteratorResult<string, undefined>;
    if (done === true) throw new Error('the native engine ended; what it said stands above');
    return value;
  }
}
