import { readdirSync } from "node:fs";
import path from "node:path";
import { readJsonFile } from "../../errors/read-json-file";
import { UserError } from "./user-error";

/** What a path to stacks may be, in words. */
export const STACK_PATHS =
  "a folder or file of *.tf or *.tf.json, cdktf.out, or the output of `terraform show -json`";

/** What CDKTF writes about its output, as far as it matters here. */
interface Manifest {
  readonly stacks?: Readonly<Record<string, { readonly synthesizedStackPath?: unknown } | null>>;
}

/**
 * The stacks of a folder that holds several, such as `cdktf.out`: those of its manifest, else its subfolders, or those
 * of its `stacks`, with a `cdk.tf.json`. A path that is no such folder is its own only stack.
 */
export function synthesizedStacks(location: string): readonly string[] {
  const names = entriesOf(location);
  if (names.some((name) => name.endsWith(".tf.json") || name.endsWith(".tf"))) return [location];
  const inManifest = names.includes("manifest.json")
    ? stacksOfManifest(path.join(location, "manifest.json"))
    : [];
  if (inManifest.length > 0) return inManifest;
  const parent = names.includes("stacks") ? path.join(location, "stacks") : location;
  const stacks = entriesOf(parent)
    .map((name) => path.join(parent, name))
    .filter((folder) => entriesOf(folder).includes("cdk.tf.json"));
  return stacks.length === 0 ? [location] : stacks;
}

/** The stacks that CDKTF's manifest of its output folder tells. */
export function stacksOfManifest(file: string): readonly string[] {
  const { stacks = {} } = (readJsonFile(file) ?? {}) as Manifest;
  return Object.values(stacks).map((stack) => {
    if (typeof stack?.synthesizedStackPath === "string") {
      return path.join(path.dirname(file), stack.synthesizedStackPath);
    }
    throw new UserError({
      where: file,
      wrong: "does not tell where its stacks are",
      got: JSON.stringify(stacks),
      allowed: "what CDKTF writes is allowed",
      mend: "Synthesize the stacks again.",
    });
  });
}

/** None where there is no such folder, or no way in: who reads the stack tells why. */
function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
