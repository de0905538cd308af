import * as v from "valibot";
import { readTextFile } from "../../errors/read-json-file";
import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import { parseTemplate } from "../../aws/velocity/parse-template";
import { isGroup } from "../group";
import { rule, settingMessage } from "../setting-message";
import { object } from "./rules";

interface Template {
  readonly text: string;
  /** The file that it comes from. */
  readonly file?: string;
}

const EXAMPLE = '{ "file": "templates/order.vtl" }';

function templateText(allowed: string, example: string) {
  return v.pipe(
    v.string(rule("is not a mapping template", allowed, `Write for example ${example}.`)),
    v.transform((text): Template => ({ text })),
  );
}

const textOrFile = templateText('the template\'s text, or { "file": "path" }', EXAMPLE);

const templateFile = v.pipe(
  object(
    { file: v.string(rule("is not a text", "the path of a file", `Write for example ${EXAMPLE}.`)) },
    EXAMPLE,
  ),
  v.rawTransform(({ dataset: { value }, addIssue, NEVER }): Template => {
    try {
      return { text: readTextFile(value.file), file: value.file };
    } catch {
      const allowed = "a file in UTF-8, by its path from the project's folder";
      addIssue({
        message: settingMessage("names a file that can't be read", value.file, allowed, "Correct the path."),
      });
      return NEVER;
    }
  }),
);

/** The text of a request mapping template, from the setting or from a file. */
export const requestTemplate = v.pipe(
  v.lazy((input) => (isGroup(input) ? templateFile : textOrFile)),
  v.check(
    ({ text }) => text.trim() !== "",
    ({ input: { text } }) =>
      settingMessage(
        "is empty",
        text,
        "a mapping template",
        "Write Action=SendMessage&MessageBody=$util.urlEncode($input.body).",
      ),
  ),
  v.check(
    // Set before SQS has the message, it would make a success of SQS's refusal.
    ({ text }) => !text.includes("responseOverride"),
    ({ input: { text } }) =>
      settingMessage(
        "sets the answer before SQS has the message",
        text,
        "a mapping template without responseOverride",
        'Use "response" to change the answer to an accepted message.',
      ),
  ),
  v.check((template) => mistakeIn(template) === undefined, unparsed),
  v.transform(({ text }) => text),
);

/** The text of a response mapping template. */
export const responseTemplate = v.pipe(
  templateText("the template's text", '"{}"'),
  v.check((template) => mistakeIn(template) === undefined, unparsed),
  v.transform(({ text }) => text),
);

function unparsed({ input }: { readonly input: Template }): string {
  const place = input.file === undefined ? "" : `${input.file}, `;
  return `does not parse, got ${place}${mistakeIn(input) ?? ""}; a mapping template in Velocity. Mend it there.`;
}

/** What API Gateway would answer each request 500 for, with line and column. */
function mistakeIn({ text }: Template): string | undefined {
  try {
    parseTemplate(text);
    return undefined;
  } catch (error) {
    if (error instanceof MappingTemplateError) return error.message;
    throw error;
  }
}
