import {
  type AttributeTable,
  type ComputeAttribute,
  type ComputedContext,
  regionalArn,
} from "./attribute-table";
import { standInId } from "../../stand-in-id";

/** User pools that a stack makes itself, or looks up. */
export const COGNITO_ATTRIBUTES: AttributeTable = {
  aws_cognito_user_pool: {
    id: ({ address }, context) =>
      `${context.place().region}_${standInId(`${context.stackName}/${address}`, 9)}`,
    arn: poolArn("id"),
    endpoint: "cognito-idp.{@region}.{@dnsSuffix}/{id}",
  },
  "data.aws_cognito_user_pool": { id: "{user_pool_id}", arn: poolArn("user_pool_id") },
  aws_cognito_user_pool_client: {
    id: ({ address }, { stackName }) => standInId(`${stackName}/${address}`, 26),
  },
  aws_cognito_resource_server: { id: "{user_pool_id}|{identifier}" },
};

function poolArn(attribute: string): ComputeAttribute {
  return (pool, context: ComputedContext) =>
    regionalArn(context, "cognito-idp", `userpool/${pool.text(attribute)}`);
}
