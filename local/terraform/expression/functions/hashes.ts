import { type BinaryToTextEncoding, createHash } from "node:crypto";

/** What Terraform's functions make of bytes, by the end of their names: `md5`, `filemd5`. */
export const HASHES: Readonly<Record<string, (bytes: string | Buffer) => string>> = {
  base64sha256: hash("sha256", "base64"),
  base64sha512: hash("sha512", "base64"),
  md5: hash("md5"),
  sha1: hash("sha1"),
  sha256: hash("sha256"),
  sha512: hash("sha512"),
};

function hash(algorithm: string, encoding: BinaryToTextEncoding = "hex"): (bytes: string | Buffer) => string {
  return (bytes) => createHash(algorithm).update(bytes).digest(encoding);
}
