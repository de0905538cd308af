import { ExpressionError } from "../expression/expression-error";
import { UnknownValueError } from "../expression/unknown-value-error";
import { StackError } from "../stack-error";
import type { TerraformResource } from "../terraform-resource";
import { ACCOUNT_ATTRIBUTES } from "./computed/account-attributes";
import { API_GATEWAY_ATTRIBUTES } from "./computed/api-gateway-attributes";
import type { ComputedAttributes, ComputedContext } from "./computed/computed-attributes";
import { IAM_ATTRIBUTES } from "./computed/iam-attributes";
import { LAMBDA_ATTRIBUTES } from "./computed/lambda-attributes";
import { MESSAGING_ATTRIBUTES } from "./computed/messaging-attributes";

const TABLES: ComputedAttributes = {
  ...ACCOUNT_ATTRIBUTES,
  ...API_GATEWAY_ATTRIBUTES,
  ...IAM_ATTRIBUTES,
  ...LAMBDA_ATTRIBUTES,
  ...MESSAGING_ATTRIBUTES,
};

/** A stand-in for what AWS would have computed, the same on every run; throws `UnknownValueError` if there is none. */
export function computedAttribute(
  resource: TerraformResource,
  name: string,
  context: ComputedContext,
): unknown {
  const ofType = ownValue(TABLES, resource.type);
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
