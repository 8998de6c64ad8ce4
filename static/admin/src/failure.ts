import type { PolicyError, Refusal } from '../gen/types';

/** Why a question has no answer: what failed, what to do, and every mistake where a document was at fault. */
export class Failure extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly errors: readonly PolicyError[];

  constructor(refusal: { code: string; message: string; hint?: string | null; errors?: readonly PolicyError[] }) {
    super(refusal.message);
    this.name = 'Failure';
    this.code = refusal.code;
    this.hint = refusal.hint ?? undefined;
    this.errors = refusal.errors ?? [];
  }

  static fromRefusal(refusal: Refusal): Failure {
    return new Failure(refusal);
  }

  /** The platform, not the app, failed: a cut connection, a time limit, an exception. What the app did before is not known. */
  static fromPlatform(cause: unknown): Failure {
    const detail = cause instanceof Error && cause.message ? ` (${cause.message})` : '';
    return new Failure({
      code: 'no-answer',
      message: `the app did not answer${detail}`,
      hint: 'whether anything was done is not known: reload the page and look at the log before you try again',
    });
  }

  static from(cause: unknown): Failure {
    return cause instanceof Failure ? cause : Failure.fromPlatform(cause);
  }
}
