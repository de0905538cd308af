import { createHash } from "node:crypto";

const LETTERS_AND_DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Makes up an id as AWS would, lower-case letters and digits; the same seed always gives the same one. */
export function standInId(seed: string, length: number): string {
  const digest = createHash("sha512").update(seed).digest();
  return Array.from({ length }, (_, index) => LETTERS_AND_DIGITS[(digest[index] ?? 0) % 36]).join("");
}

/** Makes up a UUID; the same seed always gives the same one. */
export function standInUuid(seed: string): string {
  const hex = createHash("sha256").update(seed).digest("hex");
  return hex.replace(/^(.{8})(.{4}).(...).(...)(.{12}).*$/, "$1-$2-4$3-8$4-$5");
}

/** Made-up id of what an import makes: the same for the same name in the same REST API. */
export function importedId(apiId: string, kind: string, name: string): string {
  return standInId(`${apiId}/imported ${kind}/${name}`, 6);
}

/** Made-up id of the resource that an import makes at a path. */
export function importedResourceId(apiId: string, path: string): string {
  return importedId(apiId, "resource", path);
}
