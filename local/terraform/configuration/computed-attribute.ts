import { UnknownValueError } from "../expression/expression-error";
import { type TerraformResource, atAddress } from "../terraform-resource";
import { API_GATEWAY_ATTRIBUTES } from "./computed/api-gateway-attributes";
import { type AttributeTable, type ComputedContext, computed } from "./computed/attribute-table";
import { COGNITO_ATTRIBUTES } from "./computed/cognito-attributes";
import { IAM_ATTRIBUTES } from "./computed/iam-attributes";
import { LAMBDA_ATTRIBUTES } from "./computed/lambda-attributes";
import { MESSAGING_ATTRIBUTES } from "./computed/messaging-attributes";

const TABLE: AttributeTable = {
  ...API_GATEWAY_ATTRIBUTES,
  ...COGNITO_ATTRIBUTES,
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
  const address = `${resource.address}.${name}`;
  const ofType = ownValue(TABLE, resource.type);
  const by = ofType && ownValue(ofType, name);
  if (by === undefined) throw new UnknownValueError(address);
  return atAddress(address, () => computed(by, resource, context));
}

function ownValue<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
