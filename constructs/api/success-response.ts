import * as v from "valibot";
import { compactTemplate, provenSuccessTemplate, statusDirective } from "../../mapping/success-template";
import { chosen, isGroup, object, oneOf, wholeNumber } from "../schema";
import type { Checked, Only } from "../setting";
import { responseTemplate } from "./mapping-template";

const OWN = object(
  { status: wholeNumber(200, 299), template: responseTemplate },
  '{ "status": 201, "template": "{}" }',
);

const ALLOWED = '"sqs", "compact", or { "status": 200 to 299, "template": a mapping template }';

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

/**
 * Response template of an accepted message; none for SQS's own answer. With `ownRequestTemplates` it proves first that SQS
 * has one. The template sets the status, and the response stays the one for 200: the AWS provider can't change the status
 * of a response that exists.
 */
export function successTemplate({ response }: Settings, ownRequestTemplates: boolean): string | undefined {
  const template = answerTemplate(response);
  return ownRequestTemplates ? provenSuccessTemplate(template ?? "$input.body") : template;
}

function answerTemplate(response: Settings["response"]): string | undefined {
  if (response === "sqs") return undefined;
  return response === "compact"
    ? `${statusDirective(202)}${compactTemplate()}`
    : `${statusDirective(response.status)}${response.template}`;
}
