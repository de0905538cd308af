import { type AttributeTable, type ComputedContext } from "./attribute-table";
import { standInId } from "../../stand-in-id";
import { toText } from "../../expression/value";
import type { TerraformResource } from "../../terraform-resource";

const BUCKET_ATTRIBUTES: AttributeTable[string] = {
  bucket: bucketName,
  id: "{bucket}",
  arn: "arn:{@partition}:s3:::{bucket}",
  region: "{@region}",
  bucket_region: "{@region}",
  bucket_domain_name: "{bucket}.s3.{@dnsSuffix}",
  bucket_regional_domain_name: "{bucket}.s3.{@region}.{@dnsSuffix}",
};

/** S3's buckets, and what is a resource of its own about them. */
export const STORAGE_ATTRIBUTES: AttributeTable = {
  aws_s3_bucket: BUCKET_ATTRIBUTES,
  "data.aws_s3_bucket": BUCKET_ATTRIBUTES,
  ...Object.fromEntries(
    [
      "notification",
      "policy",
      "public_access_block",
      "ownership_controls",
      "versioning",
      "server_side_encryption_configuration",
      "lifecycle_configuration",
    ].map((part) => [`aws_s3_bucket_${part}`, { id: "{bucket}" }]),
  ),
};

/** Names with a prefix have 26 characters more on AWS, and at most 63. */
function bucketName(bucket: TerraformResource, { stackName }: ComputedContext): string {
  const prefix = toText(bucket.given("bucket_prefix") ?? "terraform-");
  return `${prefix}${standInId(`${stackName}/${bucket.address}/bucket`, 26)}`;
}
