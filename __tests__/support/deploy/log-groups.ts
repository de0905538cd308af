import { EMULATED_REGION, type EmulatedAws } from "./emulated-aws";

/** A log group as CloudWatch Logs describes it. */
export interface LogGroup {
  readonly logGroupName: string;
  readonly retentionInDays?: number;
  readonly kmsKeyId?: string;
}

/** The log groups of the emulated AWS. */
export async function describeLogGroups({
  endpoint,
  environment,
}: EmulatedAws): Promise<readonly LogGroup[]> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.1",
      "X-Amz-Target": "Logs_20140328.DescribeLogGroups",
      // The emulator tells the service by the credential's scope and checks no signature.
      Authorization: `AWS4-HMAC-SHA256 Credential=${environment.AWS_ACCESS_KEY_ID}/20260101/${EMULATED_REGION}/logs/aws4_request, SignedHeaders=host, Signature=none`,
    },
    body: "{}",
  });
  if (!response.ok) throw new Error(`DescribeLogGroups: ${response.status} ${await response.text()}`);
  const { logGroups } = (await response.json()) as { logGroups: readonly LogGroup[] };
  return logGroups;
}
