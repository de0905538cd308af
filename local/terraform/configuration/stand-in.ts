import { createHash } from "node:crypto";

const LETTERS_AND_DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Makes up an id as AWS would, lower-case letters and digits; the same seed always gives the same one. */
export function standInId(seed: string, length = 10): string {
  const digest = createHash("sha512").update(seed).digest();
  return Array.from({ length }, (_, index) => LETTERS_AND_DIGITS[(digest[index] ?? 0) % 36]).join("");
}

/** Makes up a UUID; the same seed always gives the same one. */
export function standInUuid(seed: string): string {
  const hex = createHash("sha256").update(seed).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
