import { createHash } from "node:crypto";
import type { TerraformFunction } from "../expression";
import { ExpressionError } from "../expression-error";
import { HASHES } from "./hashes";
import { TEXT, taking } from "./parameters";

/** Hashes of texts, and UUIDs that are one. @see https://developer.hashicorp.com/terraform/language/functions */
export const HASH_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  ...Object.fromEntries(Object.entries(HASHES).map(([name, hash]) => [name, taking([TEXT], hash)])),
  uuidv5: taking([TEXT, TEXT], nameBasedUuid),
};

/** @see https://www.rfc-editor.org/rfc/rfc4122#appendix-C */
const NAMESPACES: Readonly<Record<string, string>> = {
  dns: "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
  url: "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
  oid: "6ba7b812-9dad-11d1-80b4-00c04fd430c8",
  x500: "6ba7b814-9dad-11d1-80b4-00c04fd430c8",
};

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

function nameBasedUuid(namespace: string, name: string): string {
  const given = NAMESPACES[namespace] ?? namespace;
  if (!UUID.test(given)) {
    throw new ExpressionError(`${JSON.stringify(namespace)} is neither dns, url, oid, x500 nor a UUID`);
  }
  const space = Buffer.from(given.replaceAll("-", ""), "hex");
  const bytes = createHash("sha1").update(space).update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
