import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

/** What CDKTF writes about its output, as far as it matters here. */
interface Manifest {
  readonly stacks?: Readonly<Record<string, { readonly synthesizedStackPath: string }>>;
}

/**
 * The stacks of a folder that holds several, such as `cdktf.out`: those of its manifest, else its subfolders, or those
 * of its `stacks`, with a `cdk.tf.json`. A path that is no such folder is its own only stack.
 */
export function synthesizedStacks(location: string): readonly string[] {
  const names = entriesOf(location);
  if (names.some((name) => name.endsWith(".tf.json") || name.endsWith(".tf"))) return [location];
  const inManifest = names.includes("manifest.json") ? stacksOfManifest(location) : [];
  if (inManifest.length > 0) return inManifest;
  const parent = names.includes("stacks") ? path.join(location, "stacks") : location;
  const stacks = entriesOf(parent)
    .map((name) => path.join(parent, name))
    .filter((folder) => entriesOf(folder).includes("cdk.tf.json"));
  return stacks.length === 0 ? [location] : stacks;
}

/** The stacks of CDKTF's output folder. */
export function stacksOfManifest(folder: string): readonly string[] {
  const { stacks = {} } = JSON.parse(readFileSync(path.join(folder, "manifest.json"), "utf8")) as Manifest;
  return Object.values(stacks).map(({ synthesizedStackPath }) => path.join(folder, synthesizedStackPath));
}

/** None where there is no such folder, or no way in: who reads the stack tells why. */
function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
