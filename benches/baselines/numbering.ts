/** Gives each distinct key a small number, and keeps one value for it. */
export class Numbering<T> {
  readonly #numbers = new Map<string, number>();
  readonly values: T[] = [];

  of(key: string, value: () => T): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.values.push(value()) - 1;
    this.#numbers.set(key, number);
    return number;
  }

  /** For each number a 1 where the value holds, else a 0. */
  table(holds: (value: T) => boolean): Uint8Array {
    return Uint8Array.from(this.values, (value) => (holds(value) ? 1 : 0));
  }
}
