import type { Options } from "ajv";
import type * as AjvDraft4 from "ajv-draft-04";

/** A compiler of JSON Schemas of draft 4. It is loaded for the first of them: that takes 40 ms, and most stacks have no models. */
export function draft4Compiler(options: Options): AjvDraft4.default {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only where there is a model
  const { default: Ajv } = require("ajv-draft-04") as typeof AjvDraft4;
  return new Ajv(options);
}
