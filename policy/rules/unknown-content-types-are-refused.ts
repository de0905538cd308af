import type { PolicyRule } from "../rule";
import { sqsIntegrations } from "../integrations";

export const UNKNOWN_CONTENT_TYPES_ARE_REFUSED: PolicyRule = {
  name: "unknown-content-types-are-refused",
  asks: "An SQS integration's `passthrough_behavior` is `NEVER`.",
  why: "Otherwise a request of a content type without template reaches SQS as the caller wrote it: he chooses action and parameters.",
  relatives: [],
  here: "`NEVER`: what has no template is 415.",
  *findings({ resources }) {
    for (const integration of sqsIntegrations(resources)) {
      const behavior = integration.optionalText("passthrough_behavior") ?? "WHEN_NO_MATCH";
      if (behavior !== "NEVER") yield { address: integration.address, wrong: `passes through ${behavior}` };
    }
  },
};
