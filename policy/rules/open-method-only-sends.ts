import { callsOf, methodOf, sqsIntegrations } from "../integrations";
import type { PolicyRule } from "../rule";

const SENDING: readonly (string | undefined)[] = ["SendMessage", "SendMessageBatch"];

export const OPEN_METHOD_ONLY_SENDS: PolicyRule = {
  name: "open-method-only-sends",
  asks: "A method that can ask SQS for anything but sending has an authorizer or IAM; an API key is neither. Where the caller chooses what SQS is asked for, it can be anything.",
  why: "Anybody could read messages, and delete them before a consumer has seen them.",
  relatives: ["CKV_AWS_59", "AVD-AWS-0004"],
  here: "`receive` is refused at synthesis without an authorizer.",
  *findings({ resources }) {
    for (const integration of sqsIntegrations(resources)) {
      const [method] = resources.where("aws_api_gateway_method", methodOf(integration));
      if (method?.text("authorization") !== "NONE") continue;
      const others = new Set(
        callsOf(integration, resources)
          .map(({ action }) => action)
          .filter((action) => !SENDING.includes(action)),
      );
      for (const action of others) {
        const wrong =
          action === undefined ? "lets the caller choose what SQS is asked for" : `asks for ${action}`;
        yield { address: method.address, wrong: `is open, and ${wrong}` };
      }
    }
  },
};
