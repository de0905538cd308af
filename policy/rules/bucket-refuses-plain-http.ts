import { integrationBuckets } from "../integrations";
import type { PolicyRule } from "../rule";
import { conditionKeys, resourcePolicies, statements } from "../statements";

export const BUCKET_REFUSES_PLAIN_HTTP: PolicyRule = {
  name: "bucket-refuses-plain-http",
  asks: "The policy of a bucket to which an integration puts objects denies what comes without TLS.",
  why: "S3 also listens on plain HTTP: a consumer that is set so reads bodies that the network can read.",
  relatives: ["CKV_AWS_379", "S3.5"],
  here: "The bucket denies `aws:SecureTransport` = false.",
  *findings({ resources }) {
    for (const bucket of integrationBuckets(resources)) {
      const apart = resources.where("aws_s3_bucket_policy", { bucket: bucket.text("bucket") });
      const denies = resourcePolicies(bucket, apart)
        .flatMap((policy) => statements(policy, "Deny"))
        .some((statement) => conditionKeys(statement).includes("aws:securetransport"));
      if (!denies) yield { address: bucket.address, wrong: "takes and gives objects over plain HTTP" };
    }
  },
};
