import { provenSuccessTemplate } from "../mapping/proven-success-template";
import { statusDirective } from "../mapping/status-directive";
import { compactTemplate } from "../mapping/success-template";

/**
 * Answer to an accepted message: `sqs` is SQS's own, 200 with `SendMessageResponse`; `compact` is 202 with `messageId` and
 * `requestId`; or a status and a response template of one's own.
 */
export type ResponseOption = "sqs" | "compact" | { readonly status: number; readonly template: string };

/**
 * Response template of an accepted message; none for SQS's own answer. With `ownRequestTemplates` it proves first that SQS
 * has one. The template sets the status, and the response
 * stays the one for 200: the AWS provider can't change the status of a response that exists.
 */
export function successTemplate(response: ResponseOption, ownRequestTemplates: boolean): string | undefined {
  const template = answerTemplate(response);
  return ownRequestTemplates ? provenSuccessTemplate(template ?? "$input.body") : template;
}

function answerTemplate(response: ResponseOption): string | undefined {
  if (response === "sqs") return undefined;
  return response === "compact"
    ? `${statusDirective(202)}${compactTemplate()}`
    : `${statusDirective(response.status)}${response.template}`;
}
