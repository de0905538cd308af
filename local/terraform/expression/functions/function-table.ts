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
 * Terraform's functions by name, and those of providers.
 * @param root folder where relative paths start: where Terraform runs
 * @param readable folders that may be read: the root's and those of modules
 */
export function functionTable(
  root: string,
  readable: readonly string[] = [root],
): ReadonlyMap<string, TerraformFunction> {
  const files = new ReadableFiles(root, readable);
  const inTemplates = new Map(
    Object.entries({
      ...CIDR_FUNCTIONS,
      ...COLLECTION_FUNCTIONS,
      ...CONVERSION_FUNCTIONS,
      ...DATE_FUNCTIONS,
      ...ENCODING_FUNCTIONS,
      ...HASH_FUNCTIONS,
      ...NUMBER_FUNCTIONS,
      ...PROVIDER_FUNCTIONS,
      ...REFUSED_FUNCTIONS,
      ...SET_FUNCTIONS,
      ...STRING_FUNCTIONS,
      ...fileFunctions(files),
      ...pathFunctions(root),
    }),
  );
  return new Map([...inTemplates, ...Object.entries(templateFunctions(files, inTemplates))]);
}
