import type { TerraformFunction } from "../expression";
import { COLLECTION_FUNCTIONS } from "./collection-functions";
import { ENCODING_FUNCTIONS } from "./encoding-functions";
import { fileFunctions } from "./file-functions";
import { STRING_FUNCTIONS } from "./string-functions";

/** Terraform's functions by name, as far as the local gateway knows them; `folder` bounds what `file` may read. */
export function functionTable(folder: string): ReadonlyMap<string, TerraformFunction> {
  const table = new Map<string, TerraformFunction>([
    ...Object.entries(STRING_FUNCTIONS),
    ...Object.entries(ENCODING_FUNCTIONS),
    ...Object.entries(COLLECTION_FUNCTIONS),
  ]);
  for (const [name, run] of Object.entries(fileFunctions(folder, new Map(table)))) table.set(name, run);
  return table;
}
