import type { Arrivals } from "./arrivals";
import { canDrain } from "./horizon";
import type { QueueLoad } from "./queue-load";
import { simulate } from "./simulation";

/** The fewest consumers that keep the oldest message's age under the limit: found by halving, since more never do worse. */
export function consumersForAge(arrivals: Arrivals, load: QueueLoad, limit: number): number {
  const suffice = (consumers: number) => keepsAge(arrivals, { ...load, consumers }, limit);
  let enough = 1;
  while (!suffice(enough)) enough *= 2;
  let tooFew = Math.floor(enough / 2);
  while (enough - tooFew > 1) {
    const middle = Math.floor((enough + tooFew) / 2);
    if (suffice(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}

function keepsAge(arrivals: Arrivals, load: QueueLoad, limit: number): boolean {
  return canDrain(arrivals, load) && simulate(arrivals, load).steps.every(({ age }) => age <= limit);
}
