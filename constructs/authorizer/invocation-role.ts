import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { ROLE_NAME_PREFIX } from "../../aws/own-resources";
import { policyJson, trustOf } from "../policy-json";

/**
 * Role that API Gateway, and nobody else, assumes to invoke one Lambda function. As with the role of the integration, its trust has
 * no `aws:SourceAccount`: API Gateway does not send it when it assumes a role.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html#apigw-CreateAuthorizer-request-authorizerCredentials
 */
export class InvocationRole extends Construct {
  public readonly role: IamRole;

  constructor(scope: Construct, id: string, functionArn: string) {
    super(scope, id);
    this.role = new IamRole(this, "Role", {
      namePrefix: ROLE_NAME_PREFIX,
      description: "Lets API Gateway invoke the authorizer's function",
      assumeRolePolicy: trustOf("apigateway.amazonaws.com"),
    });
    new IamRolePolicy(this, "InvokePolicy", {
      name: "invoke",
      role: this.role.id,
      policy: policyJson({ Effect: "Allow", Action: "lambda:InvokeFunction", Resource: functionArn }),
    });
  }
}
