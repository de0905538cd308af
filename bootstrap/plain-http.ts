import { isDeepStrictEqual } from "node:util";
import { GetBucketPolicyCommand, PutBucketPolicyCommand, type S3Client } from "@aws-sdk/client-s3";
import { partitionOf } from "../aws/partition";
import { isGroup } from "../constructs/schema";
import { configured, freeName, type OwnBucket } from "./own-bucket";

type Statement = Readonly<Record<string, unknown>> & { readonly Sid?: string };

interface Policy {
  readonly Version?: string;
  readonly Statement?: Statement | readonly Statement[];
}

/**
 * Puts the refusal beside what the policy says already, where no statement says the same.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 */
export async function refusePlainHttp(s3: S3Client, bucket: OwnBucket, region: string): Promise<boolean> {
  const found = await configured(s3.send(new GetBucketPolicyCommand(bucket)));
  const policy = JSON.parse(found?.Policy ?? "{}") as Policy;
  const statements = [policy.Statement ?? []].flat();
  const wanted = refusal(`arn:${partitionOf(region)}:s3:::${bucket.Bucket}`);
  if (statements.some((statement) => isTheSame(statement, wanted))) return false;
  const sids = statements.map((statement) => statement.Sid);
  const added = { Sid: freeName("RefusePlainHttp", sids, ""), ...wanted };
  const Policy = JSON.stringify({ Version: "2012-10-17", ...policy, Statement: [...statements, added] });
  await s3.send(new PutBucketPolicyCommand({ ...bucket, Policy }));
  return true;
}

function refusal(arn: string): Statement {
  return {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/** Whatever its name. */
function isTheSame({ Sid: _name, ...statement }: Statement, wanted: Statement): boolean {
  return isDeepStrictEqual(normalized(statement), normalized(wanted));
}

/** In a policy a list of one stands for its member, in any order, and every AWS principal for everybody. */
function normalized(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? normalized(value[0]) : value.map(normalized).sort();
  if (typeof value === "boolean") return String(value);
  if (!isGroup(value)) return value;
  const entries = Object.entries(value).map(([name, member]) => [name, normalized(member)] as const);
  const [[name, only] = [], ...others] = entries;
  return name === "AWS" && only === "*" && others.length === 0 ? "*" : Object.fromEntries(entries);
}
