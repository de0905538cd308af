import * as v from "valibot";
import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import { parseTemplate } from "../../aws/velocity/parse-template";
import { mistakeText } from "../../errors/mistake";
import { readTextFile } from "../../errors/read-json-file";
import { chosen, isGroup, object, rule, type Wrong } from "../schema";

export interface Template {
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

const unreadable = rule(
  "names a file that can't be read",
  "a file in UTF-8, by its path from the project's folder",
  "Correct the path.",
);

const templateFile = v.pipe(
  object(
    { file: v.string(rule("is not a text", "the path of a file", `Write for example ${EXAMPLE}.`)) },
    EXAMPLE,
  ),
  v.rawTransform(({ dataset: { value }, addIssue, NEVER }): Template => {
    try {
      return { text: readTextFile(value.file), file: value.file };
    } catch {
      addIssue({ message: unreadable({ input: value.file }) });
      return NEVER;
    }
  }),
);

/** The text of a request mapping template, from the setting or from a file. */
export const requestTemplate = v.pipe(
  chosen(v.union([textOrFile, templateFile]), (input) => (isGroup(input) ? templateFile : textOrFile)),
  v.check(
    ({ text }) => text.trim() !== "",
    ({ input: { text } }) =>
      rule(
        "is empty",
        "a mapping template",
        "Write Action=SendMessage&MessageBody=$util.urlEncode($input.body).",
      )({ input: text }),
  ),
  v.check(
    // Set before SQS has the message, it would make a success of SQS's refusal.
    ({ text }) => !text.includes("responseOverride"),
    ({ input: { text } }) =>
      rule(
        "sets the answer before SQS has the message",
        "a mapping template without responseOverride",
        "Use `response` to change the answer to an accepted message.",
      )({ input: text }),
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

function unparsed({ input }: Wrong<Template>): string {
  const place = input.file === undefined ? "" : `${input.file}, `;
  const got = `${place}${mistakeIn(input) ?? ""}`;
  return mistakeText({
    wrong: "does not parse",
    got,
    allowed: "a mapping template in Velocity",
    mend: "Mend it there.",
  });
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
