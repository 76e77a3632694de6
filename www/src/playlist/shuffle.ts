// A drawn order: what plays comes first, the rest as the seed has it. The same seed draws the same order.

/** @param current the index of what plays, or -1 */
export function draw(length: number, current: number, seed: number): number[] {
  const drawn = Array.from({ length }, (_, index) => index).filter(index => index !== current);
  const random = generator(seed);
  for (let last = drawn.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [drawn[last], drawn[other]] = [drawn[other]!, drawn[last]!];
  }
  return current < 0 ? drawn : [current, ...drawn];
}

/** From 0 to 1, as the seed has it: a Weyl sequence through a mixer of 32 bits (MurmurHash3's). */
function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}
