import { messageAttributes } from "../constructs/api/message";
import { senderSettings } from "../constructs/webhook/sender-settings";
import type {
  Answer,
  Handshake,
  HmacSignature,
  OwnSignature,
  Place,
  Sender,
  Signature,
} from "../webhooks/sender";

/** Names as code, with commas between. */
export function codes(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

/** Where a value of a request is. */
export function placeTold(place: Place): string {
  if ("header" in place) return `header \`${place.header}\``;
  return "query" in place ? `query parameter \`${place.query}\`` : `\`${place.jsonPath}\``;
}

/** The message attributes that a sender's deliveries have, but for those that all messages have. */
export function attributesTold(name: string): string {
  const names = messageAttributes(senderSettings(name, { isFifo: false })).map((attribute) => attribute.name);
  return names.length === 0 ? "none of its own" : codes(names);
}

/** How deliveries are told from forged ones, in a few words for a table. */
export function signaturesInShort(name: string, { signatures }: Sender): string {
  if (signatures.length === 0) return "none";
  const kinds = [...new Set(signatures.map(signatureInShort))].join(", ");
  const { forwardRequestMetadata = [] } = senderSettings(name, { isFifo: false });
  return forwardRequestMetadata.includes("requestUrl") ? `${kinds}, with the URL` : kinds;
}

function signatureInShort(signature: Signature): string {
  if (signature.kind === "secret") return "a secret";
  return signature.kind === "hmac" ? hashTold(signature) : "its own";
}

/** How a delivery is signed. */
export function signatureTold(signature: Signature): string {
  switch (signature.kind) {
    case "secret":
      return `\`${signature.header}\`: the secret itself`;
    case "own":
      return `${signature.told}${freshness(signature)}`;
    case "hmac":
      return `${hmacTold(signature)}${freshness(signature)}`;
  }
}

function hmacTold(hmac: HmacSignature): string {
  const { header, value, encoding, signed, key = "text", separator } = hmac;
  return [
    `\`${header}\`: ${value === undefined ? "" : `\`${value}\`, `}${encoding} ${hashTold(hmac)} of \`${signed}\``,
    ...(key === "text" ? [] : [KEYS[key]]),
    ...(separator === undefined ? [] : [`several have ${SEPARATORS[separator] ?? separator} between them`]),
    ...timestampTold(hmac),
  ].join("; ");
}

const KEYS = {
  hex: "the key is the secret's hex",
  base64: "the key is the secret's base64",
  whsec: "the key is the base64 behind `whsec_`",
};

const SEPARATORS: Readonly<Record<string, string>> = { " ": "a space", ",": "a comma" };

function timestampTold({
  timestampHeader,
  timestampJsonPath,
  timestampUnit,
  idHeader,
}: HmacSignature): string[] {
  const place = timestampHeader ?? timestampJsonPath;
  return [
    ...(place === undefined ? [] : [`the timestamp is \`${place}\`${UNITS[timestampUnit ?? "seconds"]}`]),
    ...(idHeader === undefined ? [] : [`the id is \`${idHeader}\``]),
  ];
}

const UNITS = { seconds: "", milliseconds: ", in milliseconds", iso8601: ", as text in ISO 8601" };

function hashTold({ hash }: HmacSignature): string {
  return `HMAC-${hash.toUpperCase().replace("SHA", "SHA-")}`;
}

function freshness({ toleranceSeconds }: Pick<OwnSignature, "toleranceSeconds">): string {
  return toleranceSeconds === undefined ? "" : `; too old after ${toleranceSeconds} seconds`;
}

/** A handshake in a few words, for a table. */
export function handshakeInShort(handshake: Handshake): string {
  switch (handshake.kind) {
    case "echo":
    case "constant":
      return handshake.verb;
    case "echo-on-post":
      return "POST";
    case "registration":
      return "POST, once";
    case "consumer":
      return "by the consumer";
  }
}

/** What is asked in a handshake, and what is answered. */
export function handshakeTold(handshake: Handshake): string {
  switch (handshake.kind) {
    case "echo": {
      const { verb, challenge, as, verifyToken } = handshake;
      const answer = as === "text" ? "as text" : `as JSON, \`{"${as.key}":…}\``;
      const condition = verifyToken
        ? `, where the ${placeTold(verifyToken)} is the value of the Terraform variable \`webhook_verify_token\``
        : "";
      return `a ${verb} gets its ${placeTold(challenge)} back, ${answer}${condition}`;
    }
    case "constant": {
      const headers = Object.entries(handshake.headers ?? {}).map(([name, value]) => `${name}: ${value}`);
      return `${handshake.verb} is answered${headers.length === 0 ? " 200" : ` with ${codes(headers)}`}`;
    }
    case "echo-on-post": {
      const { value, in: where } = handshake;
      const answer =
        where === "body" ? "as text in the answer's body" : `in the answer's header \`${where.header}\``;
      return `a POST gets its ${placeTold(value)} back, ${answer}; it is queued, too`;
    }
    case "registration": {
      const { when, challenge } = handshake;
      return `with \`"registering": true\`, a POST whose \`${when.jsonPath}\` is \`${when.equals}\` gets its \`${challenge.jsonPath}\` back, and nothing is queued`;
    }
    case "consumer":
      return handshake.told;
  }
}

/** The answer to a delivery that is queued. */
export function answerTold({ status = 200, body, contentType = "application/json" }: Answer): string {
  return body === "" ? `${status}, empty` : `${status} with \`${body}\`, \`${contentType}\``;
}

/** What a sender can show, beside its signature, to pass what protects the stack. */
export function credentialsTold(credentials: Sender["credentials"]): string {
  if (credentials === "any-header") {
    return "any header of yours, and so an authorizer's, `secret_header` or an API key";
  }
  if (credentials === "authorization") return "a value of yours in `Authorization`";
  if (credentials === "authorization-when-asked") {
    return "a value of yours in `Authorization`, once a 401 asks for it";
  }
  return credentials.length === 0 ? "none" : codes(credentials);
}

/** A sender's time limit. */
export function secondsTold(seconds: number | undefined): string | undefined {
  return seconds === undefined ? undefined : `${seconds} ${seconds === 1 ? "second" : "seconds"}`;
}
