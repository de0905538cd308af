import type { TerraformFunction } from "../expression";
import { REFUSED_FUNCTIONS } from "./apply-time-functions";
import { CIDR_FUNCTIONS } from "./cidr-functions";
import { COLLECTION_FUNCTIONS } from "./collection-functions";
import { CONVERSION_FUNCTIONS } from "./conversion-functions";
import { DATE_FUNCTIONS } from "./date-functions";
import { ENCODING_FUNCTIONS } from "./encoding-functions";
import { fileFunctions } from "./file-functions";
import { HASH_FUNCTIONS } from "./hash-functions";
import { NUMBER_FUNCTIONS } from "./number-functions";
import { pathFunctions } from "./path-functions";
import { PROVIDER_FUNCTIONS } from "./provider-functions";
import { ReadableFiles } from "./readable-files";
import { SET_FUNCTIONS } from "./set-functions";
import { STRING_FUNCTIONS } from "./string-functions";
import { templateFunctions } from "./template-functions";

/**
 * Terraform's functions by name, each by its name in the namespace `core::` as well, and those of providers.
 * @param root folder where relative paths start: where Terraform runs
 * @param readable folders that may be read: the root's and those of modules
 */
export function functionTable(
  root: string,
  readable: readonly string[] = [root],
): ReadonlyMap<string, TerraformFunction> {
  const files = new ReadableFiles(root, readable);
  const core = withNamespace({
    ...CIDR_FUNCTIONS,
    ...COLLECTION_FUNCTIONS,
    ...CONVERSION_FUNCTIONS,
    ...DATE_FUNCTIONS,
    ...ENCODING_FUNCTIONS,
    ...HASH_FUNCTIONS,
    ...NUMBER_FUNCTIONS,
    ...REFUSED_FUNCTIONS,
    ...SET_FUNCTIONS,
    ...STRING_FUNCTIONS,
    ...fileFunctions(files),
    ...pathFunctions(root),
  });
  const inTemplates = new Map([...core, ...Object.entries(PROVIDER_FUNCTIONS)]);
  return new Map([...inTemplates, ...withNamespace(templateFunctions(files, inTemplates))]);
}

function withNamespace(
  functions: Readonly<Record<string, TerraformFunction>>,
): readonly (readonly [name: string, run: TerraformFunction])[] {
  return Object.entries(functions).flatMap(([name, run]) => [
    [name, run],
    [`core::${name}`, run],
  ]);
}
