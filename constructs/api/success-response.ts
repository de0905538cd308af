import * as v from "valibot";
import { compactTemplate, provenSuccessTemplate, statusDirective } from "../../mapping/success-template";
import { chosen, isGroup, object, oneOf, text, wholeNumber } from "../schema";
import type { Checked, Only } from "../setting";
import { responseTemplate } from "./mapping-template";

const CONTENT_TYPE = text({
  pattern: "^[a-z0-9.+-]+/[a-z0-9.+-]+(; charset=[A-Za-z0-9-]+)?$",
  allowed: "a content type",
  example: "text/xml",
});

const OWN = object(
  { status: wholeNumber(200, 299), template: responseTemplate, contentType: v.optional(CONTENT_TYPE) },
  '{ "status": 201, "template": "{}" }',
);

const ALLOWED =
  '"sqs", "compact", or { "status": 200 to 299, "template": a mapping template, "content_type": of the answer, application/json without it }';

const NAMED = oneOf(["sqs", "compact"], "is not an answer", 'Write for example "compact".', ALLOWED);

/** Settings of the answer to an accepted message. */
export const RESPONSE_SETTINGS = {
  /**
   * Answer to an accepted message: `sqs` is SQS's own, 200 with `{"SendMessageResponse": …}`; `compact` is 202 with
   * `messageId` and `requestId`, and `sequenceNumber` from a FIFO queue; or a status and a response mapping template of
   * your own.
   */
  response: v.optional(
    { ...chosen(v.union([NAMED, OWN]), (input) => (isGroup(input) ? OWN : NAMED)), allowed: ALLOWED },
    "sqs",
  ),
};

type Settings = Only<"response", Checked<typeof RESPONSE_SETTINGS>>;

/** How an accepted message is answered. */
export interface SuccessAnswer {
  /** Response template; none for SQS's own answer. */
  readonly template?: string | undefined;
  /** Static headers by name. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * The answer to an accepted message. Its template sets the status, and the response stays the one for 200: the AWS provider can't
 * change the status of a response that exists.
 */
export function successAnswer({ response }: Settings): SuccessAnswer {
  const contentType = typeof response === "string" ? undefined : response.contentType;
  return {
    template: answerTemplate(response),
    ...(contentType !== undefined && { headers: { "Content-Type": `'${contentType}'` } }),
  };
}

/** The answer, whose template proves first that SQS has a message: for request templates that are not ours. */
export function provenAnswer(answer: SuccessAnswer): SuccessAnswer {
  return { ...answer, template: provenSuccessTemplate(answer.template ?? "$input.body") };
}

function answerTemplate(response: Settings["response"]): string | undefined {
  if (response === "sqs") return undefined;
  return response === "compact"
    ? `${statusDirective(202)}${compactTemplate()}`
    : `${statusDirective(response.status)}${response.template === "" ? EMPTY_BODY : response.template}`;
}

/** An empty template would pass SQS's answer on. */
const EMPTY_BODY = "#set($empty = '')";
