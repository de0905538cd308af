import type { PolicyRule } from "../rule";
import { sqsIntegrations } from "../sqs-integrations";

/** A parameter of SQS's Query protocol whose value a caller decides, and that is not encoded. */
const UNENCODED =
  /(MessageBody|StringValue|MessageGroupId|MessageDeduplicationId)=(?=\$!?\{?(?:input|context|stageVariables)\b)/g;

export const MESSAGE_BODY_IS_ENCODED: PolicyRule = {
  name: "message-body-is-encoded",
  asks: "What a request template puts into SQS's parameters goes through `$util.urlEncode`.",
  why: "An `&` cuts a message short, a `+` becomes a space, and a caller can add parameters, such as `DelaySeconds`.",
  relatives: [],
  here: "Every value is encoded, the body too: `$util.urlEncode($input.body)`.",
  *findings({ resources }) {
    for (const integration of sqsIntegrations(resources)) {
      for (const [type, template] of Object.entries(integration.textMap("request_templates"))) {
        for (const [, parameter = ""] of template.matchAll(UNENCODED)) {
          const address = `${integration.address}.request_templates["${type}"]`;
          yield { address, wrong: `does not encode ${parameter}` };
        }
      }
    }
  },
};
