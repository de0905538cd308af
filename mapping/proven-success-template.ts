import { errorBody } from "./error-body";

/**
 * Response template that answers with `template` only where SQS says which message it has stored, and 500 otherwise. For
 * request templates that are not ours: SQS answers 2xx to other actions, too, and to a batch of which it stored nothing.
 */
export function provenSuccessTemplate(template: string): string {
  return [
    "#set($stored = '')#set($stored = $input.path('$.SendMessageResponse.SendMessageResult.MessageId'))",
    `#set($stored = "$!stored")#if($stored != '')${template}#else`,
    "#set($context.responseOverride.status = 500)",
    errorBody("INTERNAL_ERROR", "The message was not accepted."),
    "#end",
  ].join("");
}
