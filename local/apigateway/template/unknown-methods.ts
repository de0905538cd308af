import { closest, distance } from "fastest-levenshtein";
import type { Reference, TemplateNode } from "../../../aws/velocity/template-node";
import { JAVA_CLASSES } from "../../velocity/class-of";
import { FOREACH_METHODS } from "../../velocity/compile-foreach";
import { INPUT_METHODS } from "./input-object";
import { UTIL_METHODS } from "./util-object";
import { mistakeText } from "../../../errors/mistake";

/** The methods of the objects whose type is known before any request. */
const OWN_METHODS: Readonly<Record<string, readonly string[]>> = {
  input: INPUT_METHODS,
  util: [...UTIL_METHODS.keys()],
  foreach: [...FOREACH_METHODS.keys()],
};

const ALL_METHODS: ReadonlySet<string> = new Set([
  "getClass",
  ...JAVA_CLASSES.flatMap((javaClass) => [...javaClass.methodNames]),
  ...Object.values(OWN_METHODS).flat(),
]);

/**
 * What a template calls though nothing that templates can reach has it, one sentence for each name. A call renders as nothing,
 * on AWS too, so that nobody would notice. Which type a reference has is known of API Gateway's own objects only: of others,
 * only names that no type has are told.
 */
export function unknownMethods(nodes: readonly TemplateNode[]): string[] {
  const found = new Set<string>();
  for (const { variable, steps } of referencesIn(nodes)) {
    steps.forEach((step, index) => {
      if (step.type !== "method") return;
      const own = index === 0 && Object.hasOwn(OWN_METHODS, variable) ? OWN_METHODS[variable] : undefined;
      if (own ? !own.includes(step.name) : !ALL_METHODS.has(step.name)) {
        found.add(
          sentence(own ? `$${variable}` : "what templates can reach", step.name, own ?? [...ALL_METHODS]),
        );
      }
    });
  }
  return [...found];
}

/** References stand in every kind of node and expression, and within each other. */
function* referencesIn(part: unknown): Generator<Reference> {
  if (typeof part !== "object" || part === null) return;
  if ("variable" in part && "steps" in part) yield part as Reference;
  for (const inner of Object.values(part)) yield* referencesIn(inner);
}

function sentence(owner: string, name: string, known: readonly string[]): string {
  const nearest = closest(name, [...known]);
  const mend = distance(name, nearest) <= 2 ? `Did you mean ${nearest}?` : undefined;
  const allowed = "a call of it renders as nothing";
  return mistakeText({ wrong: `no method of ${owner}`, got: name, allowed, mend });
}
