import { messageOf } from "../../../errors/mistake";
import { bounding } from "../configuration/evaluate-json";
import type { ObjectValue } from "../expression/value";
import { type Problem, StackError } from "../stack-error";
import { withExactNumbers } from "./exact-numbers";
import { jsonDocument } from "./json-document";
import { keptApart } from "./kept-apart";

/**
 * What a file in Terraform's native syntax says: of a `*.tf` file, the JSON of a `*.tf.json` file of the same meaning; of
 * others, such as `*.tfvars`, the values as they are written, strings as templates. Throws `StackError` with line and column
 * in Terraform's words.
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export async function parseHcl(file: string, text: string): Promise<ObjectValue> {
  const content = await parsed(file, text);
  return bounding(content, file, () => {
    const exact = withExactNumbers(content, text, file);
    return file.endsWith(".tf") ? jsonDocument(exact) : exact;
  });
}

/** Loaded only here: it costs a fifth of a second, and most stacks hold no HCL. */
async function parsed(file: string, text: string): Promise<ObjectValue> {
  const { parse } = await import("@cdktn/hcl2json");
  try {
    // Mistakes are told with their places in the text as it is.
    return await parse(STAND_IN, keptApart(text)).catch(() => parse(STAND_IN, text));
  } catch (error) {
    throw new StackError(...problemsOf(messageOf(error), file));
  }
}

/** Stands for the file's name, whatever is in that. */
const STAND_IN = "hcl-file";
const PLACE = /(?:^|[[ ])hcl-file:(\d+,\d+)-[\d,]+: /;

/** `parse config: [file:1,5-5: what is wrong; why. file:2,1-3: …]` */
function problemsOf(message: string, file: string): Problem[] {
  const [, ...parts] = message.replace(/\]$/, "").split(PLACE);
  if (parts.length === 0) return [{ address: file, wrong: message }];
  const places = parts.filter((_, index) => index % 2 === 0);
  return places.map((place, index) => ({
    address: `${file}:${place}`,
    wrong: (parts[index * 2 + 1] ?? "").replaceAll(STAND_IN, file).replace(/\.$/, ""),
  }));
}
