/**
 * Chance that is the same on every machine: a person's numbers depend on the seed and the person's place alone. The state
 * has 128 bits (the generator is sfc32), because among a million states of 32 bits hundreds are the same.
 */
export class Random {
  #a = 0x2545f491;
  #b = 0x9e3779b9;
  #c = 0x6d2b79f5;
  #count = 1;

  constructor(...seeds: number[]) {
    for (const seed of seeds) {
      this.#a = scramble(this.#a ^ seed);
      this.#b = scramble((this.#b + Math.imul(seed, 0x85ebca6b)) | 0);
      this.#c = scramble((this.#c ^ this.#a) + seed);
    }
    for (let round = 0; round < 4; round += 1) this.next();
  }

  /** At least 0 and below 1. */
  next(): number {
    const sum = (this.#a + this.#b + this.#count) | 0;
    this.#count = (this.#count + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  }

  /** A whole number of at least 0 and below a limit. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** As `below`, the small ones far more often: Zipf's law, nearly. */
  ranked(limit: number): number {
    return Math.floor(Math.exp(this.next() * Math.log(limit + 1))) - 1;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(values: readonly T[]): T {
    return at(values, this.below(values.length));
  }

  /** Hexadecimal digits. */
  hex(digits: number): string {
    let text = '';
    while (text.length < digits)
      text += Math.floor(this.next() * 2 ** 32)
        .toString(16)
        .padStart(8, '0');
    return text.slice(0, digits);
  }
}

/** The value at a place that exists. */
export function at<T>(values: readonly T[], place: number): T {
  const value = values[place];
  if (value === undefined) throw new Error(`there is nothing at place ${place}`);
  return value;
}

/** Spreads every bit over all 32 of the result. */
function scramble(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
