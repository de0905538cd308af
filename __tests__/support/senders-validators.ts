import https from "node:https";
import { createRequire } from "node:module";
import { mock } from "node:test";
import { PassThrough } from "node:stream";
import type { ToVerify } from "./verifying-process";

/** What a sender's library says of a message at the time of its receipt. */
type Validator = (message: ToVerify) => Promise<boolean>;

const load = createRequire(require.resolve("../../webhooks/package.json"));

/** Libraries that `verify` does not ask: those know no time but now, want a configured app or fetch by themselves. */
export const SENDERS_VALIDATORS: Readonly<Record<string, Validator>> = {
  linear: atReceipt(async ({ message, secret }) => {
    const { LinearWebhookClient } = (await import("../../webhooks/load-library.js").then(({ loadLibrary }) =>
      loadLibrary("@linear/sdk/webhooks"),
    )) as unknown as { LinearWebhookClient: new (secret: string) => Linear };
    return new LinearWebhookClient(secret).verify(
      Buffer.from(message.Body ?? ""),
      header(message, "Linear-Signature"),
    );
  }),
  paddle: atReceipt(({ message, secret }) => {
    const { Paddle } = load("@paddle/paddle-node-sdk") as {
      Paddle: new (key: string) => { webhooks: Paddle };
    };
    const { webhooks } = new Paddle("key");
    return webhooks.isSignatureValid(message.Body ?? "", secret, header(message, "Paddle-Signature"));
  }),
  async shopify({ message, secret }) {
    load("@shopify/shopify-api/adapters/node");
    const { shopifyApi } = load("@shopify/shopify-api") as {
      shopifyApi: (config: object) => { webhooks: Shopify };
    };
    const app = {
      apiKey: "key",
      apiSecretKey: secret,
      hostName: "shop.example.com",
      apiVersion: "2026-10",
      isEmbeddedApp: false,
    };
    const { webhooks } = shopifyApi({ ...app, logger: { level: 0 } });
    const headers = Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, { StringValue }]) => [name, StringValue]),
    );
    const rawRequest = { method: "POST", url: "/", headers };
    return (await webhooks.validate({ rawBody: message.Body ?? "", rawRequest, rawResponse: {} })).valid;
  },
  /** Its fetch of the certificate is answered here. */
  sns({ message, publicKey }) {
    const MessageValidator = load("sns-validator") as new () => { validate: SnsValidate };
    const get = mock.method(https, "get", (_url: string, answer: (response: object) => void) => {
      const response = Object.assign(new PassThrough(), { statusCode: 200 });
      answer(response);
      response.end(publicKey);
      return response;
    });
    return new Promise<boolean>((resolve) => {
      new MessageValidator().validate(message.Body ?? "", (error) => {
        resolve(error === null);
      });
    }).finally(() => {
      get.mock.restore();
    });
  },
};

interface Linear {
  verify(body: Buffer, signature: string): boolean;
}

interface Paddle {
  isSignatureValid(body: string, secret: string, header: string): Promise<boolean>;
}

interface Shopify {
  validate(request: object): Promise<{ readonly valid: boolean }>;
}

type SnsValidate = (body: string, done: (error: Error | null) => void) => void;

/** Runs a validator while the clock shows the receipt; one that throws says no. */
function atReceipt(validator: Validator): Validator {
  return async (one) => {
    mock.timers.enable({ apis: ["Date"], now: Number(one.message.Attributes?.SentTimestamp) });
    try {
      return await validator(one);
    } catch {
      return false;
    } finally {
      mock.timers.reset();
    }
  };
}

function header({ MessageAttributes = {} }: ToVerify["message"], name: string): string {
  return MessageAttributes[name]?.StringValue ?? "";
}
