import type { JavaObject } from "../../velocity/java-object";
import { valueText } from "../../velocity/value-text";
import { weightOf } from "../../velocity/weight";
import { parseJson } from "../json/parse-json";
import { escapeJavaScript } from "./escape-java-script";
import { formDecode } from "./form-decode";
import { formEncode } from "./form-encode";

/** The methods of `$util`. What types they take on AWS has no recording: here each takes the text of any value. */
export const UTIL_METHODS: ReadonlyMap<string, (text: string) => unknown> = new Map<
  string,
  (text: string) => unknown
>([
  ["escapeJavaScript", escapeJavaScript],
  ["parseJson", (text) => parseJson(text) ?? null],
  ["urlEncode", formEncode],
  ["urlDecode", formDecode],
  ["base64Encode", (text) => Buffer.from(text, "utf8").toString("base64")],
  ["base64Decode", (text) => Buffer.from(text, "base64").toString("utf8")],
]);

/** How much longer a method takes for a text than to copy it. */
const WEIGHTS: Readonly<Record<string, number>> = {
  parseJson: 24,
  escapeJavaScript: 16,
  urlDecode: 16,
  urlEncode: 8,
};

/**
 * `$util`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#util-template-reference
 */
export class UtilObject implements JavaObject {
  public readonly templateName = "$util";

  public property(): null {
    return null;
  }

  public weight(name: string, args: readonly unknown[]): number {
    return weightOf(args[0]) * (WEIGHTS[name] ?? 1);
  }

  public call(name: string, args: readonly unknown[]): unknown {
    return UTIL_METHODS.get(name)?.(valueText(args[0]));
  }
}
