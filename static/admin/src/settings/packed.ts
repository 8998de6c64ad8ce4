const encoder = new TextEncoder();

interface Most {
  count: number;
  bytes: number;
}

/**
 * Things in their order, in slices of at most so many whose JSON takes at most so many bytes together. `sent` is what of a
 * thing is counted.
 */
export function packed<T>(things: readonly T[], most: Most, sent: (thing: T) => unknown = (thing) => thing): T[][] {
  const slices: T[][] = [];
  let room = 0;
  for (const thing of things) {
    // With the comma after it.
    const size = encoder.encode(JSON.stringify(sent(thing))).length + 1;
    const last = slices.at(-1);
    if (!last || last.length >= most.count || size > room) {
      slices.push([thing]);
      room = most.bytes - size;
    } else {
      last.push(thing);
      room -= size;
    }
  }
  return slices;
}
