import { type LifecycleRule, type S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { ACTIONS, ensureStateBucket } from "../../bootstrap/state-bucket";

const BUCKET = { Bucket: "states", ExpectedBucketOwner: "123456789012" };
const ARN = "arn:aws:s3:::states";

type Configuration = Record<string, unknown>;

/** What is put one level deeper than it is got. */
type Nested = Configuration & {
  readonly VersioningConfiguration?: Configuration;
  readonly LifecycleConfiguration?: Configuration;
};

/** S3 with the one bucket, or without it; what is put there is got from there. `calls` are those that it was sent. */
function fakeS3(configuration: Configuration, isThere = true) {
  const calls: string[] = [];
  const parts = { ...configuration };
  const notFound = () =>
    new S3ServiceException({ name: "NotFound", $fault: "client", $metadata: { httpStatusCode: 404 } });
  const send = (command: { input: Configuration; constructor: { name: string } }): Promise<unknown> => {
    const call = command.constructor.name.replace(/Command$/, "");
    calls.push(call);
    const [, verb, part = ""] = /^(Get|Put|Head|Create)(.*)$/.exec(call) ?? [];
    if (verb === "Head") return isThere ? Promise.resolve({}) : Promise.reject(notFound());
    const { VersioningConfiguration, LifecycleConfiguration, ...input } = command.input as Nested;
    if (verb === "Put") parts[part] = { ...input, ...VersioningConfiguration, ...LifecycleConfiguration };
    if (part === "BucketVersioning" || part === "Bucket" || part in parts) {
      return Promise.resolve(parts[part] ?? {});
    }
    return Promise.reject(notFound());
  };
  return { s3: { send } as unknown as S3Client, parts, calls };
}

async function mended(configuration: Configuration) {
  const { s3, parts } = fakeS3(configuration);
  const first = await ensureStateBucket(s3, BUCKET, "eu-central-1");
  const again = await ensureStateBucket(s3, BUCKET, "eu-central-1");
  return { first: first.mended, again: again.mended, parts };
}

function statementsOf(parts: Configuration): unknown {
  const { Policy } = parts.BucketPolicy as { Policy: string };
  return (JSON.parse(Policy) as { Statement: unknown }).Statement;
}

function rulesOf(parts: Configuration): LifecycleRule[] {
  return (parts.BucketLifecycleConfiguration as { Rules: LifecycleRule[] }).Rules;
}

const policy = (Statement: unknown) => ({ BucketPolicy: { Policy: JSON.stringify({ Statement }) } });

const REFUSAL = {
  Sid: "RefusePlainHttp",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [ARN, `${ARN}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

test.each<[string, object]>([
  ["another effect", { ...REFUSAL, Effect: "Allow" }],
  ["one principal", { ...REFUSAL, Principal: { AWS: "123456789012" } }],
  ["one action", { ...REFUSAL, Action: "s3:PutObject" }],
  ["another bucket", { ...REFUSAL, Resource: ["arn:aws:s3:::other", "arn:aws:s3:::other/*"] }],
  ["another condition", { ...REFUSAL, Condition: { Bool: { "aws:SecureTransport": "true" } } }],
])("a statement of our name with %s stays, and ours is put beside it", async (_what, statement) => {
  const { first, again, parts } = await mended(policy([statement]));
  expect(first).toContain("closed to plain HTTP");
  expect(statementsOf(parts)).toEqual([statement, { ...REFUSAL, Sid: "RefusePlainHttp2" }]);
  expect(again).toEqual([]);
});

test.each<[string, object]>([
  ["under another name", { ...REFUSAL, Sid: "AllowSSLRequestsOnly" }],
  [
    "written otherwise",
    {
      ...REFUSAL,
      Principal: { AWS: ["*"] },
      Action: ["s3:*"],
      Resource: [`${ARN}/*`, ARN],
      Condition: { Bool: { "aws:SecureTransport": [false] } },
    },
  ],
])("a policy that refuses plain HTTP %s is not changed", async (_what, statement) => {
  const { first } = await mended(policy([statement]));
  expect(first).not.toContain("closed to plain HTTP");
});

test("a policy's statement may be one object", async () => {
  const theirs = { ...REFUSAL, Sid: "Theirs", Effect: "Allow" };
  const { again, parts } = await mended(policy(theirs));
  expect(statementsOf(parts)).toEqual([theirs, REFUSAL]);
  expect(again).toEqual([]);
});

const WHOLE = { Filter: { Prefix: "" } } as const;
const EXPIRES: LifecycleRule = {
  ID: "expire-old-versions",
  Status: "Enabled",
  ...WHOLE,
  NoncurrentVersionExpiration: { NoncurrentDays: 90 },
};
const ABORTS: LifecycleRule = {
  ID: "abort-incomplete-uploads",
  Status: "Enabled",
  ...WHOLE,
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
};

const lifecycle = (...Rules: LifecycleRule[]) => ({
  BucketLifecycleConfiguration: { Rules },
});

test.each<[string, LifecycleRule, LifecycleRule[]]>([
  [
    "another prefix",
    { ...EXPIRES, Status: "Disabled", Filter: { Prefix: "logs/" } },
    [{ ...EXPIRES, ID: "expire-old-versions-2" }],
  ],
  [
    "a tag",
    { ...EXPIRES, Filter: { Tag: { Key: "a", Value: "b" } } },
    [{ ...EXPIRES, ID: "expire-old-versions-2" }],
  ],
  [
    "another name and fewer days",
    { ...EXPIRES, ID: "theirs", NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
    [EXPIRES],
  ],
])("a lifecycle rule with %s stays, and ours is put beside it", async (_what, theirs, added) => {
  const { first, again, parts } = await mended(lifecycle(theirs, ABORTS));
  expect(first).toContain("old versions for 90 days");
  expect(rulesOf(parts)).toEqual([theirs, ABORTS, ...added]);
  expect(again).toEqual([]);
});

test.each<[string, LifecycleRule, LifecycleRule]>([
  ["switched off", { ...EXPIRES, Status: "Disabled" }, ABORTS],
  ["given fewer days", { ...EXPIRES, NoncurrentVersionExpiration: { NoncurrentDays: 1 } }, ABORTS],
  ["given more days", { ...ABORTS, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 30 } }, EXPIRES],
])("a rule of ours that was %s is as it was", async (_what, changed, other) => {
  const { again, parts } = await mended(lifecycle(changed, other));
  expect(rulesOf(parts)).toEqual([other, changed.ID === EXPIRES.ID ? EXPIRES : ABORTS]);
  expect(again).toEqual([]);
});

test("who keeps old versions for longer does not lose them", async () => {
  const longer = { ...EXPIRES, NoncurrentVersionExpiration: { NoncurrentDays: 365 } };
  const { first } = await mended(lifecycle(longer, ABORTS));
  expect(first).not.toContain("old versions for 90 days");
});

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html where they differ from the call's name */
const ACTION_OF: Readonly<Record<string, string>> = {
  HeadBucket: "ListBucket",
  GetPublicAccessBlock: "GetBucketPublicAccessBlock",
  PutPublicAccessBlock: "PutBucketPublicAccessBlock",
  GetBucketEncryption: "GetEncryptionConfiguration",
  PutBucketEncryption: "PutEncryptionConfiguration",
  GetBucketLifecycleConfiguration: "GetLifecycleConfiguration",
  PutBucketLifecycleConfiguration: "PutLifecycleConfiguration",
};

test("the actions are those of the calls", async () => {
  const { s3, calls } = fakeS3({}, false);
  await ensureStateBucket(s3, BUCKET, "eu-central-1");
  expect(calls).toHaveLength(14);
  expect(calls.map((call) => `s3:${ACTION_OF[call] ?? call}`).sort()).toEqual([...ACTIONS].sort());
});
