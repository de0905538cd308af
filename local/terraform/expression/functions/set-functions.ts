import type { TerraformFunction } from "../expression";
import { ExpressionError } from "../expression-error";
import { bounded } from "../value";
import { ofOneType } from "./one-type";
import { LIST, taking, takingMore } from "./parameters";
import { ofSets, toSet } from "./sets";

/** Functions over sets. @see https://developer.hashicorp.com/terraform/language/functions/setproduct */
export const SET_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  setintersection: takingMore([LIST], LIST, (...sets) =>
    ofSets(sets, (key, all) => all.every((keys) => keys.has(key))),
  ),
  setproduct: takingMore([], LIST, product),
  setsubtract: taking([LIST, LIST], (...sets) => ofSets(sets, (key, [, what]) => what?.has(key) === false)),
  setunion: takingMore([LIST], LIST, (...sets) => toSet(sets.flat())),
};

/** Each combination of members, the last list's fastest. */
function product(...lists: readonly (readonly unknown[])[]): readonly (readonly unknown[])[] {
  if (lists.length < 2) throw new ExpressionError(`it takes at least 2 arguments, not ${lists.length}`);
  return lists.map(ofOneType).reduce<readonly (readonly unknown[])[]>(combined, [[]]);
}

function combined(
  rows: readonly (readonly unknown[])[],
  list: readonly unknown[],
): readonly (readonly unknown[])[] {
  const longer: unknown[][] = [];
  for (const row of rows) {
    for (const item of list) {
      longer.push([...row, item]);
      bounded(longer);
    }
  }
  return longer;
}
