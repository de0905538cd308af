import { MappingTemplateError } from "../../../aws/velocity/mapping-template-error";

/**
 * Java's `URLDecoder.decode` in UTF-8: `+` is a space, bytes that are no UTF-8 become U+FFFD.
 *
 * @throws MappingTemplateError for a `%` that two hexadecimal digits do not follow
 */
export function formDecode(text: string): string {
  const incomplete = /%(?![0-9a-fA-F]{2})/.exec(text);
  if (incomplete) {
    throw new MappingTemplateError(`$util.urlDecode: incomplete escape at character ${incomplete.index}`);
  }
  return text
    .replaceAll("+", " ")
    .replace(/(?:%[0-9a-fA-F]{2})+/g, (bytes) =>
      Buffer.from(bytes.replaceAll("%", ""), "hex").toString("utf8"),
    );
}
