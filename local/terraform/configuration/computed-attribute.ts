import { UnknownValueError } from "../expression/unknown-value-error";
import type { TerraformResource } from "../terraform-resource";
import { accountAttributes } from "./computed/account-attributes";
import { apiGatewayAttributes } from "./computed/api-gateway-attributes";
import type { ComputedAttributes, ComputedContext } from "./computed/computed-attributes";
import { iamAttributes } from "./computed/iam-attributes";
import { lambdaAttributes } from "./computed/lambda-attributes";
import { messagingAttributes } from "./computed/messaging-attributes";

const tables: ComputedAttributes = {
  ...accountAttributes,
  ...apiGatewayAttributes,
  ...iamAttributes,
  ...lambdaAttributes,
  ...messagingAttributes,
};

/** A stand-in for what AWS would have computed, the same on every run; throws `UnknownValueError` if there is none. */
export function computedAttribute(
  resource: TerraformResource,
  name: string,
  context: ComputedContext,
): unknown {
  const compute = tables[resource.type]?.[name];
  if (compute === undefined) throw new UnknownValueError(`${resource.address}.${name}`);
  return compute(resource, context);
}
