import type { PolicyRule } from "../rule";

export const AUTHORIZER_PERMISSION_NAMES_THE_API: PolicyRule = {
  name: "authorizer-permission-names-the-api",
  asks: "A permission for API Gateway to invoke a function has a `source_arn`.",
  why: "Without it, an API of any account may invoke the function.",
  relatives: ["CKV_AWS_364", "AVD-AWS-0067", "Lambda.1"],
  here: "The permission names the one authorizer.",
  *findings({ resources }) {
    for (const permission of resources.ofType("aws_lambda_permission")) {
      const isForApis = permission.optionalText("principal") === "apigateway.amazonaws.com";
      if (isForApis && permission.optionalText("source_arn") === undefined) {
        yield { address: permission.address, wrong: "lets every API invoke the function" };
      }
    }
  },
};
