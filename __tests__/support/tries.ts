declare global {
  /** Set by the Jest project `thorough`. */
  var THOROUGH: boolean | undefined;
}

/** How often to try, or how much: `count` by `npm run test:thorough`, a tenth of that by `npm test`. */
export function tries(count: number): number {
  return globalThis.THOROUGH === true ? count : Math.ceil(count / 10);
}
