/** Pseudo-random numbers from a seed: equal seeds give equal sequences on every machine. */
export type Random = {
  /** At least 0 and less than 1. */
  next: () => number;
  /** A whole number, both bounds included. */
  between: (min: number, max: number) => number;
  /** The same, spread evenly over magnitudes: short and long times are equally likely. */
  scaled: (min: number, max: number) => number;
  pick: <T>(list: readonly [T, ...T[]]) => T;
  chance: (probability: number) => boolean;
};

/** mulberry32: 32 bits of state, which is plenty for the few hundred numbers of one run. */
export function createRandom(seed: number): Random {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  }
  return {
    next,
    between: (min, max) => min + Math.floor(next() * (max - min + 1)),
    scaled: (min, max) => Math.round(min * (max / min) ** next()),
    pick: (list) => list[Math.floor(next() * list.length)] ?? list[0],
    chance: (probability) => next() < probability,
  };
}
