import { integrationBuckets } from "../integrations";
import type { PolicyRule } from "../rule";

const BLOCKS = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];

export const BUCKET_IS_CLOSED_TO_THE_PUBLIC: PolicyRule = {
  name: "bucket-is-closed-to-the-public",
  asks: "A bucket to which an integration puts objects has an `aws_s3_bucket_public_access_block` with all four of its blocks.",
  why: "A policy or an access list, written by mistake, shows everybody what people sent.",
  relatives: [
    "CKV_AWS_53",
    "CKV_AWS_54",
    "CKV_AWS_55",
    "CKV_AWS_56",
    "CKV2_AWS_6",
    "AVD-AWS-0086",
    "AVD-AWS-0087",
    "AVD-AWS-0091",
    "AVD-AWS-0093",
    "AVD-AWS-0094",
    "S3.8",
  ],
  here: "The bucket of `large_bodies` has all four.",
  *findings({ resources }) {
    for (const bucket of integrationBuckets(resources)) {
      const blocks = resources.where("aws_s3_bucket_public_access_block", { bucket: bucket.text("bucket") });
      for (const name of BLOCKS) {
        if (!blocks.some((block) => block.flag(name))) {
          yield { address: bucket.address, wrong: `has no ${name}` };
        }
      }
    }
  },
};
