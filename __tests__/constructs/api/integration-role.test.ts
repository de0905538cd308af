import { synthesizedNoAuthStack } from "../../support/synthesized";

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/3f0c5d1e-0000-4000-8000-000000000000";

test("a customer's key serves the role by way of SQS in the queue's Region only", () => {
  const { policy } = synthesizedNoAuthStack({ encryption: KEY }).only("aws_iam_role_policy");
  expect(policy).toContain(`"Resource" = "${KEY}"`);
  expect(policy).toMatch(
    /"kms:ViaService" = "sqs\.\$\{var\.aws_region_name\}\.\$\{data\.aws_partition\.\w+\.dns_suffix\}"/,
  );
});
