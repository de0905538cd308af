import type { TerraformResource } from "../../local/terraform/terraform-resource";
import { integrationBuckets } from "../integrations";
import type { PolicyRule } from "../rule";

export const BUCKET_EXPIRES_ITS_OBJECTS: PolicyRule = {
  name: "bucket-expires-its-objects",
  asks: "A bucket to which an integration puts objects has a lifecycle rule that expires all of them.",
  why: "What people sent stays for ever, is paid for every month, and is there for whoever gets in later.",
  relatives: ["CKV2_AWS_61", "S3.13"],
  here: "`expiration_days` of `large_bodies`, 15 days by default, which is longer than any queue keeps the message that points there.",
  *findings({ resources }) {
    for (const bucket of integrationBuckets(resources)) {
      const expires = resources
        .where("aws_s3_bucket_lifecycle_configuration", { bucket: bucket.text("bucket") })
        .flatMap((configuration) => configuration.blocks("rule"))
        .some((rule) => rule.optionalText("status") === "Enabled" && isForAll(rule) && expiresObjects(rule));
      if (!expires) yield { address: bucket.address, wrong: "keeps its objects for ever" };
    }
  },
};

function expiresObjects(rule: TerraformResource): boolean {
  return rule
    .blocks("expiration")
    .some((block) => block.optionalNumber("days") !== undefined || block.optionalText("date") !== undefined);
}

/** A rule without a filter, or with an empty one, is for every object. */
function isForAll(rule: TerraformResource): boolean {
  const narrows = ["prefix", "object_size_greater_than", "object_size_less_than"];
  return [rule, ...rule.blocks("filter")].every(
    (block) =>
      narrows.every((name) => block.optionalText(name) === undefined) &&
      ["and", "tag"].every((name) => block.blocks(name).length === 0),
  );
}
