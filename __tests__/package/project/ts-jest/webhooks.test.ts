import type { QueueMessage } from "queue-leveling/verify-webhook";
import { signedSample } from "queue-leveling/verify-webhook";
import { verify } from "queue-leveling/verify-webhook";

/** What SQS gives a consumer of a delivery. */
function received(sender: string): { message: QueueMessage; secret: string; body: string } {
  const { headers, body, secret } = signedSample(sender);
  const attributes = Object.entries(headers).map(([name, StringValue]) => [name, { StringValue }]);
  return { message: { Body: body, MessageAttributes: Object.fromEntries(attributes) }, secret, body };
}

test("a delivery is its sender's, and no other is", async () => {
  const { message, secret, body } = received("meta");
  expect(await verify(message, { sender: "meta", secret })).toMatchObject({ kind: "delivery", body });
  const code = "wrong_signature";
  await expect(verify({ ...message, Body: "{}" }, { sender: "meta", secret })).rejects.toMatchObject({
    code,
  });
});

test("a library that is not installed is named", async () => {
  const { message, secret } = received("github");
  process.env.GITHUB_SECRET = secret;
  const check = async () => {
    const delivery = await verify(message, { sender: "github", secret: process.env.GITHUB_SECRET });
    return delivery.kind;
  };
  await expect(check()).rejects.toThrow("npm install @octokit/webhooks-methods");
});
