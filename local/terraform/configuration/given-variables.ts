import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { isObject } from "../expression/value";
import { readStackFile } from "../read-stack-file";
import { StackError } from "../stack-error";
import { RawVariable } from "./variable-value";

/**
 * Values of variables by Terraform's precedence: environment, then `terraform.tfvars.json`, then `*.auto.tfvars.json`,
 * then the command line. Files in HCL syntax are refused.
 * @see https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
 */
export function givenVariables(
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
  commandLine: Readonly<Record<string, string>>,
): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ...fromEnvironment(environment),
    ...fromFiles(folder),
    ...raw(Object.entries(commandLine)),
  ]);
}

function fromEnvironment(environment: Readonly<Record<string, string | undefined>>): [string, RawVariable][] {
  const entries = Object.entries(environment).flatMap(([name, text]): [string, string][] =>
    name.startsWith("TF_VAR_") && text !== undefined ? [[name.slice("TF_VAR_".length), text]] : [],
  );
  return raw(entries);
}

function raw(entries: readonly (readonly [string, string])[]): [string, RawVariable][] {
  return entries.map(([name, text]) => [name, new RawVariable(text)]);
}

function fromFiles(folder: string): [string, unknown][] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).sort();
  const hcl = files.find((file) => file === "terraform.tfvars" || file.endsWith(".auto.tfvars"));
  if (hcl !== undefined) {
    throw new StackError({
      address: join(folder, hcl),
      wrong: "is not in JSON syntax",
      allowed: "terraform.tfvars.json and *.auto.tfvars.json are read",
      mend: "Write it as JSON, or give the values by --var or TF_VAR_…",
    });
  }
  const automatic = files.filter((file) => file.endsWith(".auto.tfvars.json"));
  return [...files.filter((file) => file === "terraform.tfvars.json"), ...automatic].flatMap((file) =>
    valuesIn(join(folder, file)),
  );
}

function valuesIn(address: string): [string, unknown][] {
  const content = readStackFile(address);
  if (isObject(content)) return Object.entries(content);
  throw new StackError({ address, wrong: "is not a JSON object" });
}
