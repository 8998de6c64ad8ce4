import type { Request } from './invocation.ts';
import { ForgeRuntime } from './runtime.ts';

/**
 * The platform's clock in the process that runs the app. It runs like the machine's, as far from it as the platform says
 * with each invocation, and never goes back: days that the cloud lets pass have passed for the functions too.
 */
export class PlatformClock {
  private readonly machine = Date.now.bind(Date);
  /** Milliseconds from the machine's time; not known before the first invocation. */
  private ahead: number | undefined;

  /** Puts itself in the place of the process's clock. */
  install(): void {
    Date.now = () => this.machine() + (this.ahead ?? 0);
  }

  /** Takes over the platform's time, if it is later than the time here. */
  passTo(time: string | undefined): void {
    const ahead = Date.parse(time ?? '') - this.machine();
    if (Number.isNaN(ahead)) return;
    this.ahead = Math.max(ahead, this.ahead ?? ahead);
  }
}

/** A container whose clock is the platform's. */
export class TimedRuntime extends ForgeRuntime {
  private readonly clock = new PlatformClock();

  constructor(...options: ConstructorParameters<typeof ForgeRuntime>) {
    super(...options);
    this.clock.install();
  }

  override invoke(request: Request, cloud: string): Promise<unknown> {
    this.clock.passTo(request.now);
    return super.invoke(request, cloud);
  }
}
