import { ExpressionError } from "../expression/expression-error";
import { UnknownValueError } from "../expression/unknown-value-error";
import { StackError } from "../stack-error";
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
  const ofType = ownValue(tables, resource.type);
  const compute = ofType && ownValue(ofType, name);
  if (compute === undefined) throw new UnknownValueError(`${resource.address}.${name}`);
  return inAttribute(`${resource.address}.${name}`, () => compute(resource, context));
}

function inAttribute(address: string, compute: () => unknown): unknown {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new StackError({ address, wrong: error.message });
  }
}

function ownValue<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
