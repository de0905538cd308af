import { formatArn } from "../../../../aws/arn";
import { dnsSuffixOf } from "../../../../aws/partition";
import { toText } from "../../expression/value";
import { type AttributeTable, type ComputeAttribute, madeUpName } from "./attribute-table";
import { policyDocument } from "./policy-document";
import { standInId } from "../../stand-in-id";

/** The account, the partition and the region; IAM's roles and policies. */
export const IAM_ATTRIBUTES: AttributeTable = {
  "data.aws_caller_identity": {
    account_id: "{@accountId}",
    id: "{@accountId}",
    user_id: "{@accountId}",
    arn: "arn:{@partition}:iam::{@accountId}:root",
  },
  "data.aws_partition": {
    partition: "{@partition}",
    id: "{@partition}",
    dns_suffix: "{@dnsSuffix}",
    reverse_dns_prefix: (_, { place }) => dnsSuffixOf(place().region).split(".").reverse().join("."),
  },
  "data.aws_region": { name: "{@region}", region: "{@region}", id: "{@region}" },
  aws_iam_role: {
    name: madeUpName,
    id: "{name}",
    arn: globalArn("role"),
    unique_id: (role, { stackName }) => `AROA${standInId(`${stackName}/${role.address}`, 17).toUpperCase()}`,
  },
  "data.aws_iam_role": { id: "{name}", arn: globalArn("role") },
  aws_iam_role_policy: { name: madeUpName, id: "{role}:{name}" },
  aws_iam_policy: { name: madeUpName, arn: globalArn("policy"), id: "{arn}" },
  "data.aws_iam_policy_document": {
    json: (document) => JSON.stringify(policyDocument(document), undefined, 2),
    minified_json: (document) => JSON.stringify(policyDocument(document)),
  },
};

function globalArn(kind: string): ComputeAttribute {
  return (resource, { place }) => {
    const path = toText(resource.given("path") ?? "/");
    const name = resource.text("name");
    return formatArn({ ...place(), service: "iam", region: "", resource: `${kind}${path}${name}` });
  };
}
