/** Whether something holds; undefined where only an apply tells. */
export type Certainty = boolean | undefined;

/** Whether all hold: one that does not hold decides. */
export function every<T>(items: readonly T[], holds: (item: T) => Certainty): Certainty {
  let result: Certainty = true;
  for (const item of items) {
    const one = holds(item);
    if (one === false) return false;
    if (one === undefined) result = undefined;
  }
  return result;
}

/** Whether one of them holds: one that holds decides. */
export function some<T>(items: readonly T[], holds: (item: T) => Certainty): Certainty {
  return not(every(items, (item) => not(holds(item))));
}

export function not(certainty: Certainty): Certainty {
  return certainty === undefined ? undefined : !certainty;
}
