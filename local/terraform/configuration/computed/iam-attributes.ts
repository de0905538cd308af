import { formatArn } from "../../../../aws/arn";

import { toText } from "../../expression/value";
import type { TerraformResource } from "../../terraform-resource";
import { type AttributeTable, type ComputedContext, madeUpName, standInId } from "./attribute-table";
import { policyDocument } from "./policy-document";

/** IAM's roles and policies. */
export const IAM_ATTRIBUTES: AttributeTable = {
  aws_iam_role: {
    name: madeUpName,
    id: (role) => role.text("name"),
    arn: (role, context) => globalArn(role, context, "role"),
    unique_id: (role, { stackName }) => `AROA${standInId(`${stackName}/${role.address}`, 17).toUpperCase()}`,
  },
  "data.aws_iam_role": {
    id: (role) => role.text("name"),
    arn: (role, context) => globalArn(role, context, "role"),
  },
  aws_iam_role_policy: {
    name: madeUpName,
    id: (policy) => `${policy.text("role")}:${policy.text("name")}`,
  },
  aws_iam_policy: {
    name: madeUpName,
    arn: (policy, context) => globalArn(policy, context, "policy"),
    id: (policy) => policy.text("arn"),
  },
  "data.aws_iam_policy_document": {
    json: (document) => JSON.stringify(policyDocument(document), undefined, 2),
    minified_json: (document) => JSON.stringify(policyDocument(document)),
  },
};

function globalArn(resource: TerraformResource, { place }: ComputedContext, kind: string): string {
  const path = toText(resource.given("path") ?? "/");
  const name = resource.text("name");
  return formatArn({ ...place(), service: "iam", region: "", resource: `${kind}${path}${name}` });
}
