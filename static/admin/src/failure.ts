import type { PolicyError, Refusal } from '../gen/types';
import type { Say } from './texts/texts';

/** Words of the app as they came, or words of the page's own catalogue. */
type Words = string | ((say: Say) => string);

interface What {
  code: string;
  message: Words;
  hint?: Words | null;
  errors?: readonly PolicyError[];
}

/** Why a question has no answer: what failed, what to do, and every mistake where a document was at fault. */
export class Failure extends Error {
  readonly code: string;
  readonly errors: readonly PolicyError[];
  readonly #message: Words;
  readonly #hint: Words | undefined;

  constructor({ code, message, hint, errors }: What) {
    super(typeof message === 'string' ? message : code);
    this.name = 'Failure';
    this.code = code;
    this.errors = errors ?? [];
    this.#message = message;
    this.#hint = hint ?? undefined;
  }

  /** What failed, for the viewer; what the app said is in its own language. */
  messageIn(say: Say): string {
    return worded(this.#message, say);
  }

  /** What to do about it, where that is known. */
  hintIn(say: Say): string | undefined {
    return this.#hint && worded(this.#hint, say);
  }

  static fromRefusal(refusal: Refusal): Failure {
    return new Failure(refusal);
  }

  /** The platform, not the app, failed: a cut connection, a time limit, an exception. What the app did before is not known. */
  static fromPlatform(cause: unknown): Failure {
    const detail = cause instanceof Error ? cause.message : '';
    return new Failure({
      code: 'no-answer',
      message: (say) => (detail ? say('shown.noAnswer', { detail }) : say('shown.noAnswerAtAll')),
      hint: (say) => say('shown.noAnswerHint'),
    });
  }

  static from(cause: unknown): Failure {
    return cause instanceof Failure ? cause : Failure.fromPlatform(cause);
  }
}

const worded = (words: Words, say: Say): string => (typeof words === 'string' ? words : words(say));
