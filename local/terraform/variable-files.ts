import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { evaluateJson } from "./configuration/evaluate-json";
import { type VariableValues, rawVariables } from "./configuration/variables";
import { NO_NAMES } from "./expression/expression";
import { readHclFile, readObjectFile } from "./stack-files";

/**
 * What the files say that Terraform reads by itself: `terraform.tfvars`, then `terraform.tfvars.json`, then `*.auto.tfvars` and
 * `*.auto.tfvars.json` by name. A later one counts.
 * @see https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
 */
export async function automaticVariables(folder: string): Promise<VariableValues> {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).sort();
  const named = ["terraform.tfvars", "terraform.tfvars.json"].filter((file) => files.includes(file));
  const automatic = files.filter((file) => /\.auto\.tfvars(?:\.json)?$/.test(file));
  const values = await Promise.all([...named, ...automatic].map((file) => variablesIn(join(folder, file))));
  return values.flat();
}

/** What a file of variables says: HCL, or JSON where its name ends so. Throws `StackError` with the place of a mistake. */
async function variablesIn(path: string): Promise<VariableValues> {
  if (path.endsWith(".json")) return Object.entries(readObjectFile(path));
  return Object.entries(await readHclFile(path)).map(([name, written]) => [
    name,
    evaluateJson(written, NO_NAMES, `${path}: ${name}`),
  ]);
}

/** Values by name as text, or the path of a file of them. */
export type VariableInput = Readonly<Record<string, string>> | string;

/** What a command line gives, in its order. Throws `StackError` with the place of a mistake. */
export async function readVariables(inputs: readonly VariableInput[]): Promise<VariableValues> {
  const values = await Promise.all(
    inputs.map(async (input) =>
      typeof input === "string" ? variablesIn(input) : rawVariables(Object.entries(input)),
    ),
  );
  return values.flat();
}
