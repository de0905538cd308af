import { isUtf8 } from "node:buffer";
import { ExpressionError } from "../expression-error";
import type { TerraformFunction } from "../expression";
import { csvDecode } from "./csv-decode";
import { jsonEncode } from "./json-encode";
import { NULLABLE, TEXT, taking } from "./parameters";
import { decodedText, encodedText } from "./text-encoding";
import { yamlDecode } from "./yaml-decode";
import { yamlEncode } from "./yaml-encode";

/** JSON, YAML, CSV, base 64 and URL encoding. @see https://developer.hashicorp.com/terraform/language/functions */
export const ENCODING_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  base64decode: taking([TEXT], base64Text),
  base64encode: taking([TEXT], (text) => Buffer.from(text).toString("base64")),
  base64gzip: taking([TEXT], refuseGzip),
  csvdecode: taking([TEXT], csvDecode),
  jsondecode: taking([TEXT], jsonDecode),
  jsonencode: taking([NULLABLE], jsonEncode),
  textdecodebase64: taking([TEXT, TEXT], (text, encoding) => decodedText(base64Bytes(text), encoding)),
  textencodebase64: taking([TEXT, TEXT], (text, encoding) => encodedText(text, encoding).toString("base64")),
  urlencode: taking([TEXT], urlEncode),
  yamldecode: taking([TEXT], yamlDecode),
  yamlencode: taking([NULLABLE], yamlEncode),
};

const BASE64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/;

function jsonDecode(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ExpressionError(error instanceof Error ? error.message : "not JSON");
  }
}

/** Line ends in it mean nothing. */
function base64Bytes(text: string): Buffer {
  const joined = text.replace(/[\r\n]/g, "");
  if (!BASE64.test(joined)) throw new ExpressionError("the text is not base 64");
  return Buffer.from(joined, "base64");
}

function base64Text(text: string): string {
  const bytes = base64Bytes(text);
  if (!isUtf8(bytes)) throw new ExpressionError("the bytes are not UTF-8");
  return bytes.toString("utf8");
}

function refuseGzip(): never {
  throw new ExpressionError(
    "it is not supported: only Go's own compressor gives the bytes that Terraform gives",
  );
}

/** As Go's `url.QueryEscape`: all but letters, digits and `-_.~` is escaped, a space becomes `+`. */
function urlEncode(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}
