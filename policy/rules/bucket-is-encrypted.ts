import { integrationBuckets } from "../integrations";
import type { PolicyRule } from "../rule";

export const BUCKET_IS_ENCRYPTED: PolicyRule = {
  name: "bucket-is-encrypted",
  asks: "A bucket to which an integration puts objects says its encryption, in an `aws_s3_bucket_server_side_encryption_configuration`.",
  why: "Left unsaid, the bucket keeps what it has: objects of one that is older than S3's own encryption are open to whoever has its disk.",
  relatives: ["CKV_AWS_19", "AVD-AWS-0088", "S3.4"],
  here: "S3's own key; `large_bodies` takes one of KMS.",
  *findings({ resources }) {
    for (const bucket of integrationBuckets(resources)) {
      const ofBucket = { bucket: bucket.text("bucket") };
      const says = resources
        .where("aws_s3_bucket_server_side_encryption_configuration", ofBucket)
        .flatMap((configuration) => configuration.blocks("rule"))
        .flatMap((rule) => rule.blocks("apply_server_side_encryption_by_default"))
        .some((byDefault) => byDefault.optionalText("sse_algorithm") !== undefined);
      if (!says) yield { address: bucket.address, wrong: "says no encryption" };
    }
  },
};
