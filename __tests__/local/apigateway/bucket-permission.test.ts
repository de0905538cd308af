import { prepareBucketPermission } from "../../../local/apigateway/permissions";
import { readStack } from "../../../local/terraform/read-stack";
import { largeStack, type LargeStackOptions } from "../../support/large-stack";

function may(action: string, options: LargeStackOptions, object = "key"): boolean | string {
  const stack = readStack({ document: largeStack(options), environment: {} });
  const [api] = stack.restApis;
  const [bucket] = stack.buckets;
  const integration = api?.resources.find(({ path }) => path === "/sqs/large")?.methods.POST?.integration;
  if (api === undefined || bucket === undefined || integration === undefined) throw new Error("no stack");
  try {
    return prepareBucketPermission(
      stack,
      api,
      integration,
    )(action, object === "" ? bucket.arn : `${bucket.arn}/${object}`);
  } catch (error) {
    return String((error as Error).cause);
  }
}

const EVERYBODY = { Principal: "*", Resource: "${aws_s3_bucket.b.arn}/*" };
const ROLE = { AWS: "${aws_iam_role.r.arn}" };
const deny = (Condition: object) => ({ ...EVERYBODY, Effect: "Deny", Action: "s3:*", Condition });

test.each<[string, LargeStackOptions, boolean]>([
  ["that lets it", { actions: ["s3:PutObject"] }, true],
  ["that lets it by a pattern", { actions: ["s3:Put*"] }, true],
  ["that lets it read only", { actions: ["s3:GetObject"] }, false],
  ["and a bucket's that denies it", { bucketPolicy: deny({}) }, false],
  [
    "and a bucket's that denies what comes without TLS",
    { bucketPolicy: deny({ Bool: { "aws:SecureTransport": "false" } }) },
    true,
  ],
  [
    "that lets it read only, and a bucket's that lets the role put",
    { actions: ["s3:GetObject"], bucketPolicy: { ...EVERYBODY, Principal: ROLE, Action: "s3:PutObject" } },
    true,
  ],
])("an object is put by a role with a policy %s: %j is %s", (_, options, allowed) => {
  expect(may("s3:PutObject", options)).toBe(allowed);
});

test("a policy for objects is none for their bucket", () => {
  const options = { actions: ["s3:ListBucket"] };
  expect(may("s3:ListBucket", options, "")).toBe(false);
});

test("what only an apply tells is neither a yes nor a no", () => {
  const bucketPolicy = deny({ StringEquals: { "aws:PrincipalArn": "${random_pet.p.id}" } });
  expect(may("s3:PutObject", { bucketPolicy })).toMatch(
    /whether arn:aws:iam::\d+:role\/r may call PutObject of arn:aws:s3:::large-\w+\/key is known only after an apply/,
  );
});
