import { executionArn } from "../../aws/arn";
import { evaluatePolicies } from "../iam/policy";
import { matchesWildcards } from "../iam/wildcards";
import type { Authorizer, LambdaPermission, RestApi, StackModel } from "../terraform/stack-model";
import { canAssume } from "./assume-role";

/**
 * Whether API Gateway may invoke the authorizer's function: by its credentials role, or else by a permission of the
 * function for this authorizer. Without either, AWS answers 500.
 *
 * A role that is not in the stack can't be known and is taken to allow it.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization-with-console.html
 */
export function mayInvokeAuthorizer(stack: StackModel, api: RestApi, authorizer: Authorizer): boolean {
  if (authorizer.credentials === undefined) {
    return stack.lambdaPermissions.some((permission) => permits(permission, api, authorizer));
  }
  const role = stack.roles.find(({ arn }) => arn === authorizer.credentials);
  if (role === undefined) return true;
  const request = { action: "lambda:InvokeFunction", resource: authorizer.functionArn };
  return canAssume(role, api) && evaluatePolicies(role.policies, request) === "Allow";
}

function permits(permission: LambdaPermission, api: RestApi, authorizer: Authorizer): boolean {
  const source = `${executionArn(api)}/authorizers/${authorizer.id}`;
  return (
    permission.principal === "apigateway.amazonaws.com" &&
    matchesWildcards(permission.action.toLowerCase(), "lambda:invokefunction") &&
    namesFunction(permission, authorizer.functionArn) &&
    (permission.sourceAccount === undefined || permission.sourceAccount === api.accountId) &&
    (permission.sourceArn === undefined || matchesWildcards(permission.sourceArn, source))
  );
}

/** A permission without a qualifier is for the unqualified function only, and the other way round. */
function namesFunction(permission: LambdaPermission, functionArn: string): boolean {
  const [, , , , , , name, qualifier] = functionArn.split(":");
  const given = permission.functionName.split(":");
  const sameName =
    given.length >= 7
      ? given.slice(0, 7).join(":") === functionArn.split(":").slice(0, 7).join(":")
      : given.at(-1) === name;
  return sameName && permission.qualifier === qualifier;
}
