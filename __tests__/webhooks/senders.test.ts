import { readdirSync } from "node:fs";
import { join } from "node:path";
import { REFUSED_SENDERS } from "../../webhooks/refused-senders";
import type { HmacSignature, Place, Sender, Signature } from "../../webhooks/sender";
import { SENDERS } from "../../webhooks/senders";

/** Those that are promised by name. */
const PROMISED = [
  "github",
  "gitlab",
  "bitbucket",
  "jira",
  "linear",
  "stripe",
  "shopify",
  "slack",
  "slack-commands",
  "slack-interactions",
  "twilio",
  "sendgrid",
  "mailgun",
  "standard-webhooks",
  "svix",
  "paypal",
  "square",
  "adyen",
  "paddle",
  "razorpay",
  "hubspot",
  "zendesk",
  "docusign",
  "salesforce",
  "sns",
  "eventbridge",
  "meta",
  "microsoft-graph",
  "event-grid",
  "cloudevents",
  "websub",
  "dropbox",
  "nylas",
  "okta",
  "asana",
  "notion",
  "trello",
  "telegram",
  "line",
  "alertmanager",
];

const EACH = Object.entries(SENDERS);

const CONTENT_TYPE = /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/;
const NAME = /^[A-Za-z0-9_.-]{1,256}$/;
const JSON_PATH = /^[$]([.][A-Za-z0-9_-]+|\[[0-9]+\])+$/;
const JSON_TYPE = /^application\/(.+[+])?json$/;
/** RequestId, RequestTimeEpoch or RequestUrl, and the mark of base64. */
const ATTRIBUTES_LEFT = 8;

function lower(names: readonly string[]): string[] {
  return names.map((name) => name.toLowerCase());
}

function hmacsOf({ signatures }: Sender): HmacSignature[] {
  return signatures.filter((signature) => signature.kind === "hmac");
}

function headersOf(signature: Signature): readonly string[] {
  if (signature.kind === "own") return signature.headers;
  if (signature.kind === "secret") return [signature.header];
  const { header, timestampHeader, idHeader } = signature;
  return [header, timestampHeader, idHeader].filter((name) => name !== undefined);
}

function placeholders(text: string): string[] {
  return Array.from(text.matchAll(/{(.*?)}/g), ([, name = ""]) => name);
}

function fieldAt(body: string, jsonPath: string): unknown {
  const keys = jsonPath.replace(/^[$]/, "").match(/[A-Za-z0-9_-]+/g) ?? [];
  return keys.reduce<unknown>(
    (value, key) => (value as Record<string, unknown> | undefined)?.[key],
    JSON.parse(body) as unknown,
  );
}

test("every promised sender has a preset, and every file of a preset is listed by its name", () => {
  expect(Object.keys(SENDERS)).toEqual(expect.arrayContaining(PROMISED));
  const files = readdirSync(join(__dirname, "..", "..", "webhooks", "senders"));
  expect(files.map((file) => file.replace(/\.ts$/, "")).sort()).toEqual(Object.keys(SENDERS).sort());
});

test("names are kebab-case, and those that can't be had are not among them", () => {
  const refused = Object.keys(REFUSED_SENDERS);
  expect(refused).toEqual(
    expect.arrayContaining(["zoom", "x", "twitter", "discord", "xero", "prometheus-remote-write"]),
  );
  expect(refused.filter((name) => name in SENDERS)).toEqual([]);
  expect(
    [...Object.keys(SENDERS), ...refused].filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)),
  ).toEqual([]);
});

test.each(Object.entries(REFUSED_SENDERS))("%s is refused with a reason and a way out", (_name, refused) => {
  expect(refused.documentation).toMatch(/^https:\/\/\S+$/);
  expect(refused.reason).toMatch(/^[a-z].*[^.]$/);
  expect(refused.instead).toMatch(/^[A-Z].*[.]$/);
});

test("no two senders have one title", () => {
  const titles = EACH.map(([, { title }]) => title);
  expect([...new Set(titles)]).toEqual(titles);
});

describe.each(EACH)("%s", (_name, sender) => {
  const { contentTypes, forwardHeaders, messageDeduplicationId, sample, signatures } = sender;
  const forwarded = lower(forwardHeaders);

  test("links its sender's documentation", () => {
    expect(sender.documentation).toMatch(/^https:\/\/[a-z0-9.-]+\/\S*$/);
  });

  test("has content types as API Gateway compares them, each once", () => {
    expect(contentTypes).not.toEqual([]);
    expect(contentTypes.filter((type) => !CONTENT_TYPE.test(type))).toEqual([]);
    expect([...new Set(contentTypes)]).toEqual(contentTypes);
  });

  test("forwards headers that settings may name, each once, no more than there is room for", () => {
    expect(forwardHeaders.filter((name) => !NAME.test(name) || /^(AWS|Amazon)\./i.test(name))).toEqual([]);
    expect([...new Set(forwarded)]).toEqual(forwarded);
    expect(forwarded.length).toBeLessThanOrEqual(ATTRIBUTES_LEFT);
  });

  test("forwards the headers of its signatures, or says what to check in their place", () => {
    expect(forwarded).toEqual(expect.arrayContaining(lower(signatures.flatMap(headersOf))));
    expect(sender.instead !== undefined).toBe(signatures.length === 0);
  });

  test("signs parts of the request that there are", () => {
    for (const hmac of hmacsOf(sender)) {
      const signed = placeholders(hmac.signed);
      const carried = placeholders(hmac.value ?? "{signature}");
      expect(["body", "url", "method", "timestamp", "id"]).toEqual(expect.arrayContaining(signed));
      expect(["signature", "timestamp"]).toEqual(expect.arrayContaining(carried));
      expect(carried).toContain("signature");
      expect(signed.includes("id")).toBe(hmac.idHeader !== undefined);
      const times = [hmac.timestampHeader, hmac.timestampJsonPath].filter((place) => place !== undefined);
      expect(times.length + (carried.includes("timestamp") ? 1 : 0)).toBe(isTimed(hmac) ? 1 : 0);
    }
  });

  function isTimed({ signed, toleranceSeconds }: HmacSignature): boolean {
    return signed.includes("{timestamp}") || toleranceSeconds !== undefined;
  }

  test("takes a deduplication id only from where every one of its requests has one", () => {
    if (messageDeduplicationId === undefined) return;
    expect(placeOf(messageDeduplicationId)).toBe(true);
  });

  function placeOf(place: Place): boolean {
    if ("header" in place) return forwarded.includes(place.header.toLowerCase());
    if ("query" in place) return NAME.test(place.query);
    const value = fieldAt(sample, place.jsonPath);
    return (
      JSON_PATH.test(place.jsonPath) &&
      contentTypes.every((type) => JSON_TYPE.test(type)) &&
      /^[\x21-\x7e]{1,128}$/.test(String(value))
    );
  }

  test("has a sample of its first content type", () => {
    const [type = ""] = contentTypes;
    if (JSON_TYPE.test(type) || type === "text/plain") {
      expect(typeof JSON.parse(sample)).toBe("object");
    } else if (type === "application/x-www-form-urlencoded") {
      expect(new URLSearchParams(sample).toString()).toBe(sample);
    } else if (type === "multipart/form-data") {
      expect(sample).toMatch(/^--b\r\nContent-Disposition: form-data; .*\r\n--b--\r\n$/s);
    } else {
      expect(sample).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?><(.+?)[ >].*<\/\1>$/);
    }
  });

  test("has handshakes that one resource can hold", () => {
    const { handshakes = [] } = sender;
    const verbs = handshakes.map((handshake) => ("verb" in handshake ? handshake.verb : handshake.kind));
    expect([...new Set(verbs)]).toEqual(verbs);
    for (const handshake of handshakes) {
      if (handshake.kind === "registration") {
        expect(
          [handshake.when.jsonPath, handshake.challenge.jsonPath].filter((p) => !JSON_PATH.test(p)),
        ).toEqual([]);
        expect(contentTypes.every((type) => JSON_TYPE.test(type))).toBe(true);
      }
      if (handshake.kind === "constant") {
        expect(Object.keys(handshake.headers ?? {}).filter((name) => !NAME.test(name))).toEqual([]);
      }
      if (handshake.kind === "echo" || handshake.kind === "echo-on-post") {
        expect(
          Object.values(handshake.kind === "echo" ? handshake.challenge : handshake.value).filter(
            (name) => !NAME.test(name),
          ),
        ).toEqual([]);
      }
    }
  });

  test("answers what fits its status", () => {
    const { answer } = sender;
    if (answer === undefined) return;
    const { status = 200, body, contentType = "application/json" } = answer;
    expect([200, 201, 202, 204]).toContain(status);
    expect(contentType).toMatch(CONTENT_TYPE);
    if (status === 204) expect(body).toBe("");
    if (JSON_TYPE.test(contentType)) expect(typeof JSON.parse(body)).toBe("object");
  });

  test("has its credentials' headers named as headers are", () => {
    if (typeof sender.credentials === "string") return;
    expect(sender.credentials.filter((name) => !NAME.test(name))).toEqual([]);
  });

  test("tells people in sentences", () => {
    const sentences = [...(sender.notes ?? []), sender.instead ?? "None."];
    expect(sentences.filter((sentence) => !/^[A-Z`].*[.]$/.test(sentence))).toEqual([]);
  });
});
