import { compactTemplate } from "../mapping/success-template";

/**
 * Answer to an accepted message: `sqs` is SQS's own, 200 with `SendMessageResponse`; `compact` is 202 with `messageId` and
 * `requestId`; or a status and a response template of one's own.
 */
export type ResponseOption = "sqs" | "compact" | { readonly status: number; readonly template: string };

/** Status and template of an accepted message. */
export function successAnswer(response: ResponseOption): { statusCode: number; template?: string } {
  if (response === "sqs") return { statusCode: 200 };
  if (response === "compact") return { statusCode: 202, template: compactTemplate() };
  return { statusCode: response.status, template: response.template };
}
