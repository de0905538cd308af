import { sqsIntegrations } from "../integrations";
import type { PolicyRule } from "../rule";
import { WHOLE_CALL, unencodedParameters } from "../unencoded-parameters";

export const MESSAGE_BODY_IS_ENCODED: PolicyRule = {
  name: "message-body-is-encoded",
  asks: "What a caller decides of SQS's parameters, the body as well as a receipt handle or a number, goes through `$util.urlEncode`, or has matched a pattern that takes plain characters alone.",
  why: "An `&` cuts a message short, a `+` becomes a space, and a caller can add parameters, such as `DelaySeconds` or `QueueUrl`.",
  relatives: [],
  here: "Every value is encoded, the body too: `$util.urlEncode($input.body)`.",
  *findings({ resources }) {
    for (const integration of sqsIntegrations(resources)) {
      for (const [type, template] of Object.entries(integration.textMap("request_templates"))) {
        for (const parameter of unencodedParameters(template)) {
          const address = `${integration.address}.request_templates["${type}"]`;
          const isAll = parameter === WHOLE_CALL;
          yield { address, wrong: isAll ? "lets the caller write the call" : `does not encode ${parameter}` };
        }
      }
    }
  },
};
