import { IdsInMemory } from "../../webhooks/seen-ids";
import { SNS as SNS_SENDER } from "../../webhooks/senders/sns";
import { sign, signedSample } from "../../webhooks/sign";
import type { SentRequest } from "../../webhooks/signatures/scheme";
import { type Handshake, verify, type VerifyOptions } from "../../webhooks/verify";
import { codeOf } from "../support/verification-code";
import { sdkMessage } from "../support/webhook-message";

const CONFIRM = "https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&Token=1";

/** A fetch that answers, and keeps what it was asked for. */
function recordingFetch(answer: () => Response) {
  return jest.fn((_url: URL, _init: RequestInit) => Promise.resolve(answer()));
}

async function handshakeOf(request: SentRequest, options: VerifyOptions): Promise<Handshake> {
  const result = await verify(sdkMessage(request), { seen: new IdsInMemory(), ...options });
  if (result.kind !== "handshake") throw new Error("a delivery");
  return result;
}

/** Each has a key pair of its own, which takes a while to make. */
const SAMPLES = { sns: signedSample("sns"), paypal: signedSample("paypal") };

function confirmation(SubscribeURL: string) {
  const fields = { Type: "SubscriptionConfirmation", Token: "1", Message: "Confirm", SubscribeURL };
  const { secret, publicKey, privateKey = "" } = SAMPLES.sns;
  return { ...sign(SNS_SENDER, { secret, privateKey, body: JSON.stringify(fields) }), secret, publicKey };
}

describe("SNS", () => {
  test("is subscribed by opening its SubscribeURL, once the signature holds", async () => {
    const signed = confirmation(CONFIRM);
    const fetch = recordingFetch(() => new Response(signed.publicKey));
    const handshake = await handshakeOf(signed, { sender: "sns", secret: signed.secret, fetch });
    expect(handshake.told).toBe(`Open SubscribeURL, so that ${signed.secret} delivers.`);
    const opened = () => fetch.mock.calls.map(([url]) => url.href);
    const certificate = "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0000.pem";
    expect(opened()).toEqual([certificate]);
    await handshake.finish();
    expect(opened()).toEqual([certificate, CONFIRM]);
    expect(fetch.mock.calls[1]?.[1]).toMatchObject({
      redirect: "error",
      signal: expect.any(AbortSignal) as object,
    });
  });

  test.each([
    "http://sns.eu-central-1.amazonaws.com/",
    "https://sns.eu-central-1.amazonaws.com:8443/",
    "https://user@sns.eu-central-1.amazonaws.com/",
    "https://sns.eu-central-1.amazonaws.com.evil.example/",
    "https://evil.example/sns.eu-central-1.amazonaws.com/",
    "https://evil.example#sns.eu-central-1.amazonaws.com",
    "https://sns.s3-us-west-2.amazonaws.com/",
    "https://xsns.eu-central-1.amazonaws.com/",
    "https://169.254.169.254/latest/meta-data/",
    "file:///etc/passwd",
    "sns.eu-central-1.amazonaws.com",
    "",
  ])("is not subscribed by %j", async (url) => {
    const signed = confirmation(url);
    const fetch = recordingFetch(() => new Response(signed.publicKey));
    const options = { sender: "sns", secret: signed.secret, fetch };
    expect(await codeOf(verify(sdkMessage(signed), options))).toBe("forbidden_url");
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test("is not subscribed where the signature is another one's, or the topic", async () => {
    const signed = confirmation(CONFIRM);
    const foreign = recordingFetch(() => new Response(SAMPLES.paypal.publicKey));
    const fetch = recordingFetch(() => new Response(signed.publicKey));
    const message = sdkMessage(signed);
    const { secret } = signed;
    expect(await codeOf(verify(message, { sender: "sns", secret, fetch: foreign }))).toBe("wrong_signature");
    expect(await codeOf(verify(message, { sender: "sns", secret: `${secret}2`, fetch }))).toBe(
      "wrong_signature",
    );
    expect(fetch).not.toHaveBeenCalled();
  });
});

describe("certificates", () => {
  test.each([
    ["sns", "https://sns.s3-us-west-2.amazonaws.com/SimpleNotificationService-0000.pem"],
    ["sns", "https://sns.us-east-1.amazonaws.com/other.pem"],
    ["sns", "https://evil.example/SimpleNotificationService-0000.pem"],
    ["paypal", "https://api.paypal.com.evil.example/v1/notifications/certs/CERT-1"],
    ["paypal", "http://api.paypal.com/v1/notifications/certs/CERT-1"],
    ["paypal", "https://api.paypal.com/redirect?to=evil.example"],
    ["paypal", "https://www.paypal.com/v1/notifications/certs/CERT-1"],
  ] as const)("of %s are never fetched from %s", async (sender, url) => {
    const signed = SAMPLES[sender];
    const fetch = recordingFetch(() => new Response(signed.publicKey));
    const headers = sender === "paypal" ? { ...signed.headers, "PAYPAL-CERT-URL": url } : signed.headers;
    const body = signed.body.replace(/"SigningCertURL":"[^"]*"/, `"SigningCertURL":${JSON.stringify(url)}`);
    const message = sdkMessage({ headers, body });
    expect(await codeOf(verify(message, { sender, secret: signed.secret, fetch }))).toBe("wrong_signature");
    expect(fetch).not.toHaveBeenCalled();
  });

  test.each(["paypal", "sns"] as const)(
    "of %s are fetched once, and again where that failed",
    async (sender) => {
      const signed = SAMPLES[sender];
      const answers = [() => new Response("", { status: 503 }), () => new Response(signed.publicKey)];
      const fetch = recordingFetch(() => (answers.shift() ?? Response.error)());
      const check = () => codeOf(verify(sdkMessage(signed), { sender, secret: signed.secret, fetch }));
      expect([await check(), await check(), await check()]).toEqual(["unreachable", "taken", "taken"]);
      expect(fetch).toHaveBeenCalledTimes(2);
    },
  );
});

describe("Event Grid", () => {
  const HEADERS = { "aeg-event-type": "SubscriptionValidation" };
  const validation = (validationUrl: unknown) => ({
    headers: HEADERS,
    body: JSON.stringify([{ id: "1", data: { validationCode: "1", validationUrl } }]),
  });

  test.each([
    "https://rp-eastus2.eventgrid.azure.net:553/eventsubscriptions/a/validate?id=1",
    "https://rp-eastus2.eventgrid.azure.net/eventsubscriptions/a/validate?id=1",
    "https://rp-chinaeast2.eventgrid.azure.cn:553/eventsubscriptions/a/validate?id=1",
  ])("is validated by opening %s", async (url) => {
    const fetch = recordingFetch(() => new Response());
    const handshake = await handshakeOf(validation(url), { sender: "event-grid", fetch });
    expect(handshake.told).toBe("Open validationUrl within ten minutes, so that Event Grid delivers.");
    await handshake.finish();
    expect(fetch.mock.calls.map(([{ href }]) => href)).toEqual([url]);
  });

  test.each([
    "https://rp-eastus2.eventgrid.azure.net:8443/",
    "http://rp-eastus2.eventgrid.azure.net:553/",
    "https://evil.eastus-1.eventgrid.azure.net/",
    "https://rp-eastus2.eventgrid.azure.net.evil.example/",
    "https://10.0.0.1/",
    17,
    undefined,
  ])("is not validated by %j", async (url) => {
    const fetch = recordingFetch(() => new Response());
    expect(await codeOf(verify(sdkMessage(validation(url)), { sender: "event-grid", fetch }))).toBe(
      "forbidden_url",
    );
    expect(fetch).not.toHaveBeenCalled();
  });

  test("that does not answer is told", async () => {
    const fetch = recordingFetch(() => new Response("", { status: 400 }));
    const request = validation("https://rp-eastus2.eventgrid.azure.net:553/");
    const handshake = await handshakeOf(request, { sender: "event-grid", fetch });
    expect(await codeOf(handshake.finish())).toBe("unreachable");
  });
});

describe("secrets that a sender makes known", () => {
  test("Notion's token is shown", async () => {
    const request = { headers: {}, body: '{"verification_token": "secret_1"}' };
    const handshake = await handshakeOf(request, { sender: "notion" });
    expect(handshake).toMatchObject({
      told: "Paste the secret as verification token in Notion, and keep it as the consumer's secret.",
      secret: "secret_1",
    });
    await handshake.finish();
  });

  test("Asana's header is", async () => {
    const request = { headers: { "X-Hook-Secret": "s" }, body: "{}" };
    expect(await handshakeOf(request, { sender: "asana" })).toMatchObject({
      told: "Keep the secret, which came as X-Hook-Secret, as the consumer's secret.",
      secret: "s",
    });
  });

  test("not where a signature is sent beside it", async () => {
    const headers = { "X-Hook-Secret": "s", "X-Hook-Signature": "0" };
    const options = { sender: "asana", secret: "mine" };
    expect(await codeOf(verify(sdkMessage({ headers, body: "{}" }), options))).toBe("wrong_signature");
  });

  test("Microsoft Graph has none: the API answered", async () => {
    const handshake = await handshakeOf({ headers: {}, body: "{}" }, { sender: "microsoft-graph" });
    expect(handshake).toMatchObject({ told: "Nothing: the API has answered it.", secret: undefined });
  });
});
