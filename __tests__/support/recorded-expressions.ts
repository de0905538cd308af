import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Instead of the JSON of a value. */
export const ERROR = "<error>";

interface TerraformAnswers {
  /** The version that answered. */
  readonly terraform: string;
  readonly files: Readonly<Record<string, string>>;
  readonly expressions: readonly [expression: string, json: string][];
  readonly types: readonly [type: string, value: string, json: string][];
}

const ANSWERS = JSON.parse(
  readFileSync(join(__dirname, "recorded-expressions.json"), "utf8"),
) as TerraformAnswers;

/** Templates that expressions read, by name. */
export const FILES = ANSWERS.files;

/** Expressions in native syntax and what Terraform makes of them. */
export const EXPRESSIONS = ANSWERS.expressions;

/** Types and values in native syntax, and what a variable of that type makes of a default. */
export const TYPES = ANSWERS.types;
