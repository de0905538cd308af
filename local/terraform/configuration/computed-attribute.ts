import { type TerraformResource, atAddress } from "../terraform-resource";
import { ACM_ATTRIBUTES } from "./computed/acm-attributes";
import { API_GATEWAY_ATTRIBUTES } from "./computed/api-gateway-attributes";
import { type AttributeTable, type ComputedContext, computed } from "./computed/attribute-table";
import { COGNITO_ATTRIBUTES } from "./computed/cognito-attributes";
import { IAM_ATTRIBUTES } from "./computed/iam-attributes";
import { LAMBDA_ATTRIBUTES } from "./computed/lambda-attributes";
import { LOCAL_ATTRIBUTES } from "./computed/local-attributes";
import { MESSAGING_ATTRIBUTES } from "./computed/messaging-attributes";
import { STORAGE_ATTRIBUTES } from "./computed/storage-attributes";

const TABLE: AttributeTable = {
  ...ACM_ATTRIBUTES,
  ...API_GATEWAY_ATTRIBUTES,
  ...COGNITO_ATTRIBUTES,
  ...IAM_ATTRIBUTES,
  ...LAMBDA_ATTRIBUTES,
  ...LOCAL_ATTRIBUTES,
  ...MESSAGING_ATTRIBUTES,
  ...STORAGE_ATTRIBUTES,
};

/**
 * What AWS or another provider would have computed, the same on every run: made up by what is known of the type, or a stand-in.
 */
export function computedAttribute(
  resource: TerraformResource,
  name: string,
  context: ComputedContext,
): unknown {
  const address = `${resource.address}.${name}`;
  const ofType = ownValue(TABLE, resource.type);
  const by = ofType && ownValue(ofType, name);
  if (by === undefined) return context.standIns.at(address, isOfAws(resource) ? context.place : undefined);
  return atAddress(address, () => computed(by, resource, context));
}

function isOfAws({ type }: TerraformResource): boolean {
  return /^(?:data\.)?aws_/.test(type);
}

function ownValue<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
