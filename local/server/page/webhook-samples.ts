import { randomUUID } from "node:crypto";
import * as v from "valibot";
import { handshakeRequest } from "../../../webhooks/handshake-request";
import type { Echo, EchoOnPost, Handshake, Sender, Signature } from "../../../webhooks/sender";
import { senderNamed } from "../../../webhooks/senders";
import { signedSample } from "../../../webhooks/sign";
import { pathOf, type Webhook } from "../endpoints";
import type { ServedStack } from "../served-stacks";

/** A request of a sender's that the form can be filled with. */
export interface SampleChoice {
  readonly label: string;
  readonly method: string;
  /** What is secret of it; absent where nothing is. */
  readonly secretLabel?: string;
  /** Does what is signed grow old, or change with the body? */
  readonly isSigned?: true;
}

/** What the form wants, and what it has already. */
const WANTED = v.object({
  /** With its query, if it has one. */
  path: v.string(),
  /** Index of one of the {@link sampleChoices}. */
  choice: v.number(),
  /** @default a random one, the same as long as the gateway runs */
  secret: v.optional(v.string()),
  /** @default the sender's own sample */
  body: v.optional(v.string()),
});

const WANTED_TEXT = v.pipe(v.string(), v.parseJson(), WANTED);

type Wanted = v.InferOutput<typeof WANTED>;

/** What the form is filled with. */
export interface FilledSample {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly secret?: string;
}

/** How a choice is made. */
interface Sample extends SampleChoice {
  readonly signature?: Signature | undefined;
  readonly handshake?: Handshake;
}

/** What the form offers of a sender. */
export function sampleChoices({ sender }: Webhook): SampleChoice[] {
  return samplesOf(senderNamed(sender)).map(({ signature, handshake: _, ...choice }) => ({
    ...choice,
    ...(signature !== undefined && signature.kind !== "secret" && { isSigned: true }),
  }));
}

/** Requests as senders send them, made when they are asked for: a signature soon grows old. */
export class WebhookSamples {
  private readonly secrets = new Map<string, string>();

  /**
   * What a form (JSON) is filled with; undefined where it asks for nothing that there is.
   * @param ownToken with which handshakes show whose subscription it is, unless the form has another
   */
  public fill(form: string, stacks: readonly ServedStack[], ownToken = ""): FilledSample | undefined {
    const wanted = v.safeParse(WANTED_TEXT, form);
    if (!wanted.success) return undefined;
    const { path, choice } = wanted.output;
    const [plain = ""] = path.split("?");
    const endpoints = stacks.flatMap(({ urls }) => urls);
    const webhook = endpoints.find(({ url, webhook }) => webhook && pathOf(url) === plain)?.webhook;
    const sender = webhook && senderNamed(webhook.sender);
    const sample = samplesOf(sender)[choice];
    if (sender === undefined || webhook === undefined || sample === undefined) return undefined;
    const { handshake } = sample;
    if (handshake === undefined) return this.sign(webhook, sample, wanted.output);
    const verifyToken = wanted.output.secret ?? ownToken;
    const request = handshakeRequest(handshake, sender, { challenge: randomUUID(), verifyToken });
    if (request === undefined) return undefined;
    const { query, headers, body } = request;
    // What has a body is signed as a delivery is.
    if (sample.signature !== undefined) return this.sign(webhook, sample, { body, ...wanted.output });
    return {
      path: plain + queryText(query),
      headers,
      body,
      ...(sample.secretLabel !== undefined && { secret: verifyToken }),
    };
  }

  private sign(
    { sender, requestUrl }: Webhook,
    { signature, secretLabel }: Sample,
    { path, body, secret: given }: Wanted,
  ): FilledSample {
    const key = `${sender}, ${signature === undefined ? "" : placeOf(signature)}`;
    const known = hasKeyPair(signature) ? undefined : (given ?? this.secrets.get(key));
    const [plain = "", query] = path.split("?");
    const { secret, url, headers, ...signed } = signedSample(sender, {
      url: requestUrl + (query === undefined ? "" : `?${query}`),
      ...(body !== undefined && { body }),
      ...(known !== undefined && { secret: known }),
      ...(signature && { signature }),
    });
    this.secrets.set(key, secret);
    return {
      path: url === undefined ? path : plain + url.slice(requestUrl.length),
      headers,
      body: signed.body,
      ...(secretLabel !== undefined && { secret }),
    };
  }
}

/** Its secret is the public key of a pair that each sample has of its own. */
function hasKeyPair(signature: Signature | undefined): boolean {
  return signature?.kind === "own" && signature.name === "sendgrid";
}

function queryText(query: Readonly<Record<string, string>>): string {
  const text = new URLSearchParams(query).toString();
  return text === "" ? "" : `?${text}`;
}

function samplesOf(sender: Sender | undefined): Sample[] {
  if (sender === undefined) return [];
  const { signatures, handshakes = [] } = sender;
  const deliveries =
    signatures.length === 0
      ? [{ label: "Delivery, nothing signed", method: "POST" }]
      : signatures.map((signature) => delivery(signature, signatures));
  return [...deliveries, ...handshakes.flatMap((handshake) => handshakeSample(handshake, signatures[0]))];
}

function delivery(signature: Signature, all: readonly Signature[]): Sample {
  const place = placeOf(signature);
  const twins = all.filter((other) => placeOf(other) === place);
  const hash = twins.length > 1 && signature.kind === "hmac" ? `, ${signature.hash}` : "";
  return {
    label: `Delivery, ${place}${hash}`,
    method: "POST",
    secretLabel: secretLabel(signature),
    signature,
  };
}

function placeOf(signature: Signature): string {
  if (signature.kind === "secret") return `secret in ${signature.header}`;
  const header =
    signature.kind === "hmac" ? signature.header : signature.headers.find((name) => /sig/i.test(name));
  return `signed in ${header ?? "the body"}`;
}

function secretLabel(signature: Signature): string {
  return signature.kind === "own" ? "Secret, as the consumer has it" : "Secret";
}

function handshakeSample(handshake: Handshake, signature: Signature | undefined): Sample[] {
  const sample = (method: string, what = "", more: Partial<Sample> = {}): Sample[] => [
    { label: `Handshake, ${method}${what}`, method, handshake, ...more },
  ];
  switch (handshake.kind) {
    case "echo": {
      const { verb, challenge, verifyToken } = handshake;
      return sample(verb, ` with ${nameOf(challenge)}`, verifyToken && { secretLabel: verifyToken.query });
    }
    case "constant":
      return sample(handshake.verb);
    case "echo-on-post":
      return sample("POST", ` with ${nameOf(handshake.value)}`);
    case "registration":
      return sample(
        "POST",
        ` of ${handshake.when.equals}`,
        signature && { signature, secretLabel: secretLabel(signature) },
      );
    case "consumer":
      return [];
  }
}

function nameOf(place: Echo["challenge"] | EchoOnPost["value"]): string {
  return "query" in place ? place.query : place.header;
}
