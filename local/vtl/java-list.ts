/** A list. Lists that came out of JSON print as JSON, those that the template made print as Java's do: `[a, b]`. */
export class JavaList {
  constructor(
    readonly items: unknown[],
    readonly printsAs: "json" | "java" = "java",
  ) {}
}
