import { EMULATED_REGION, type EmulatedAws } from "./emulated-aws";

/** Calls the emulated Lambda's REST API; undefined if the answer is 404. Throws on every other error. */
export async function callLambda(
  { endpoint, environment }: EmulatedAws,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const response = await fetch(`${endpoint}/2015-03-31${path}`, {
    method,
    // The emulator tells the service by the credential's scope and checks no signature.
    headers: {
      Authorization: `AWS4-HMAC-SHA256 Credential=${environment.AWS_ACCESS_KEY_ID}/20260101/${EMULATED_REGION}/lambda/aws4_request, SignedHeaders=host, Signature=none`,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  const text = await response.text();
  return text === "" ? undefined : JSON.parse(text);
}
