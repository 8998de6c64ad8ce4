import type { Request } from '../../tests/forge/runtime/invocation.ts';
import type { Manifest } from '../../tests/forge/runtime/manifest.ts';
import { ForgeRuntime } from '../../tests/forge/runtime/runtime.ts';
import type { VirtualTime } from './virtual-time.ts';

/** One invocation that is over. */
export interface InvocationRecord {
  functionKey: string;
  /** Milliseconds since 1970, by the cloud's clock. */
  began: number;
  ended: number;
  /** Processor time that the process spent meanwhile, its other threads included. */
  cpuSeconds: number;
  failed: boolean;
}

/** A container of Forge's runtime that measures what each invocation costs. */
export class MeasuredRuntime extends ForgeRuntime {
  readonly records: InvocationRecord[] = [];
  private readonly time: VirtualTime;

  constructor(bundle: string, manifest: Manifest, time: VirtualTime) {
    super(bundle, manifest);
    this.time = time;
  }

  override async invoke(request: Request, cloud: string): Promise<unknown> {
    this.time.passTo(Date.parse(request.now ?? ''));
    const began = Date.now();
    const cpu = process.cpuUsage();
    let failed = true;
    try {
      const result = await this.time.untilDeadline(request, () => super.invoke(request, cloud));
      failed = false;
      return result;
    } finally {
      const { user, system } = process.cpuUsage(cpu);
      const cpuSeconds = (user + system) / 1e6;
      this.records.push({ functionKey: request.functionKey, began, ended: Date.now(), cpuSeconds, failed });
    }
  }
}
