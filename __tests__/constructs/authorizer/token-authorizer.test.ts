import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { TerraformStack, Testing } from "cdktf";
import { AwsLocation } from "../../../constructs/aws-location";
import { TokenAuthorizer } from "../../../constructs/authorizer/token-authorizer";

function authorizerAndApi() {
  const stack = new TerraformStack(Testing.app(), "stack");
  const authorizer = new TokenAuthorizer(stack, "Authorizer", {
    location: new AwsLocation(stack, "AwsLocation", { regionName: "eu-central-1" }),
    authorizerLambdaArn: "arn:aws:lambda:eu-central-1:123456789012:function:token-authorizer",
  });
  return { authorizer, restApi: new ApiGatewayRestApi(stack, "RestApi", { name: "api" }) };
}

test("an authorizer that is not attached has no id", () => {
  expect(() => authorizerAndApi().authorizer.authorizerId).toThrow(
    "stack/Authorizer: is not attached to a REST API",
  );
});

test("an authorizer serves one API only", () => {
  const { authorizer, restApi } = authorizerAndApi();
  authorizer.attachTo(restApi);
  expect(() => {
    authorizer.attachTo(restApi);
  }).toThrow("stack/Authorizer: is attached to a REST API already");
});
