import { escapeJavaScript } from "./escape-java-script";
import { formDecode } from "./form-decode";
import { formEncode } from "./form-encode";
import type { JavaObject } from "./java-object";
import { parseJson } from "./parse-json";
import { valueText } from "./value-text";

const FUNCTIONS = new Map<string, (text: string) => unknown>([
  ["escapeJavaScript", escapeJavaScript],
  ["parseJson", (text) => parseJson(text) ?? null],
  ["urlEncode", formEncode],
  ["urlDecode", formDecode],
  ["base64Encode", (text) => Buffer.from(text, "utf8").toString("base64")],
  ["base64Decode", (text) => Buffer.from(text, "base64").toString("utf8")],
]);

/**
 * `$util`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#util-template-reference
 */
export class UtilObject implements JavaObject {
  property(): null {
    return null;
  }

  call(name: string, args: readonly unknown[]): unknown {
    return FUNCTIONS.get(name)?.(valueText(args[0])) ?? null;
  }
}
