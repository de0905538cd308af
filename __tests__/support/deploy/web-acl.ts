import { EMULATED_REGION, type EmulatedAws } from "./emulated-aws";

/** Makes a regional WAF web ACL without rules, which belongs to the user, not to the stack. Returns its ARN. */
export async function createWebAcl({ endpoint, environment }: EmulatedAws, name: string): Promise<string> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.1",
      "X-Amz-Target": "AWSWAF_20190729.CreateWebACL",
      // The emulator tells the service by the credential's scope and checks no signature.
      Authorization: `AWS4-HMAC-SHA256 Credential=${environment.AWS_ACCESS_KEY_ID}/20260101/${EMULATED_REGION}/wafv2/aws4_request, SignedHeaders=host, Signature=none`,
    },
    body: JSON.stringify({
      Name: name,
      Scope: "REGIONAL",
      DefaultAction: { Allow: {} },
      Rules: [],
      VisibilityConfig: { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: false, MetricName: name },
    }),
  });
  if (!response.ok) throw new Error(`CreateWebACL: ${response.status} ${await response.text()}`);
  const { Summary } = (await response.json()) as { Summary: { ARN: string } };
  return Summary.ARN;
}
