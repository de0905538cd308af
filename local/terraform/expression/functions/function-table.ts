import type { TerraformFunction } from "../terraform-function";
import { collectionFunctions } from "./collection-functions";
import { encodingFunctions } from "./encoding-functions";
import { fileFunctions } from "./file-functions";
import { stringFunctions } from "./string-functions";

/** Terraform's functions by name, as far as the local gateway knows them; `folder` bounds what `file` may read. */
export function functionTable(folder: string): ReadonlyMap<string, TerraformFunction> {
  const table = new Map<string, TerraformFunction>([
    ...Object.entries(stringFunctions),
    ...Object.entries(encodingFunctions),
    ...Object.entries(collectionFunctions),
  ]);
  for (const [name, run] of Object.entries(fileFunctions(folder, new Map(table)))) table.set(name, run);
  return table;
}
