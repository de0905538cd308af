import { s3Target } from "../../local/terraform/s3-target";
import type { PolicyRule } from "../rule";
import { methodOf, s3Integrations, sqsIntegrations } from "../integrations";

export const ERRORS_OF_SQS_STAY_ERRORS: PolicyRule = {
  name: "errors-of-sqs-stay-errors",
  asks: "The default integration response of an SQS integration, or of one of S3, the one without `selection_pattern`, is no 2xx.",
  why: "Whatever no pattern selects is answered by the default: the caller takes a message for queued that SQS refused, or a body for stored.",
  relatives: [],
  here: "The default is a 500; `2\\d{2}` selects the success.",
  *findings({ resources }) {
    for (const integration of [...sqsIntegrations(resources), ...s3Integrations(resources)]) {
      const service = s3Target(integration.text("uri")) === undefined ? "SQS" : "S3";
      const responses = resources.where("aws_api_gateway_integration_response", methodOf(integration));
      for (const response of responses) {
        const status = response.text("status_code");
        if (response.optionalText("selection_pattern") !== undefined || !status.startsWith("2")) continue;
        yield { address: response.address, wrong: `answers ${status} to whatever ${service} answers` };
      }
    }
  },
};
