import { functionArn } from "./authorizer-function";
import { EMULATED_REGION } from "./emulated-aws";
import type { Context } from "./project-copy";

/** Settings with which both stacks deploy to the emulated AWS, the state in a file; `more` overrides whole groups. */
export function deployContext(more: Context = {}): Context {
  return {
    params: {
      aws_region_name: EMULATED_REGION,
      storage_sqs_queue_name: "orders",
      authorizer_lambda_arn: functionArn("decide"),
    },
    "no-auth-stack": { storage_sqs_queue_name: "open-orders" },
    backend: { local: {} },
    ...more,
  };
}
