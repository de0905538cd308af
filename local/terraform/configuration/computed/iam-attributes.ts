import { formatArn } from "../../../../aws/arn";
import { text } from "../../attribute";
import { toText } from "../../expression/value";
import type { TerraformResource } from "../../terraform-resource";
import { standInId } from "../stand-in";
import { type ComputedAttributes, type ComputedContext } from "./computed-attributes";
import { policyDocument } from "./policy-document";

/** IAM's roles and policies. */
export const IAM_ATTRIBUTES: ComputedAttributes = {
  aws_iam_role: {
    name: madeUpName,
    id: (role) => text(role, "name"),
    arn: (role, context) => globalArn(role, context, "role"),
    unique_id: (role, { stackName }) => `AROA${standInId(`${stackName}/${role.address}`, 17).toUpperCase()}`,
  },
  "data.aws_iam_role": {
    id: (role) => text(role, "name"),
    arn: (role, context) => globalArn(role, context, "role"),
  },
  aws_iam_role_policy: {
    name: madeUpName,
    id: (policy) => `${text(policy, "role")}:${text(policy, "name")}`,
  },
  aws_iam_policy: {
    name: madeUpName,
    arn: (policy, context) => globalArn(policy, context, "policy"),
    id: (policy) => text(policy, "arn"),
  },
  "data.aws_iam_policy_document": {
    json: (document) => JSON.stringify(policyDocument(document), undefined, 2),
    minified_json: (document) => JSON.stringify(policyDocument(document)),
  },
};

function madeUpName(resource: TerraformResource, { stackName }: ComputedContext): string {
  const prefix = resource.given("name_prefix") ?? "terraform-";
  return `${toText(prefix)}${standInId(`${stackName}/${resource.address}/name`, 26)}`;
}

function globalArn(resource: TerraformResource, { place }: ComputedContext, kind: string): string {
  const path = toText(resource.given("path") ?? "/");
  const name = text(resource, "name");
  return formatArn({ ...place(), service: "iam", region: "", resource: `${kind}${path}${name}` });
}
