import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import type { Message } from "@aws-sdk/client-sqs";
import fc from "fast-check";
import { SENDERS } from "../../webhooks/senders";
import type { Signature } from "../../webhooks/sender";
import { sign, type SignedSample, signedSample, type SignOptions } from "../../webhooks/sign";
import { anyHostileText, isAllowed } from "../support/hostile-bodies";
import { attributesOf, LocalStack } from "../support/local-stack";
import { sendAll } from "../support/send-all";
import { SENDERS_VALIDATORS } from "../support/senders-validators";
import type { ToVerify } from "../support/verifying-process";

const DELIVERIES = 1000;
/** So many are signed at once: what is sent late is too old. */
const SIGNED_AT_ONCE = 50;

const ROOT = resolve(__dirname, "..", "..");
const areInstalled = existsSync(resolve(ROOT, "webhooks", "node_modules"));
const describeInstalled = areInstalled ? describe : describe.skip;
const NOTE = areInstalled ? "" : " (skipped: npm ci --prefix webhooks installs them)";

jest.setTimeout(600_000);

/** A body, as a sender of this kind could write it. */
const TEXT = anyHostileText.filter((text) => text !== "" && isAllowed(text));
const FORM = fc
  .array(fc.tuple(TEXT, TEXT), { minLength: 1, maxLength: 6 })
  .map((pairs) =>
    new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value])).toString(),
  );
const TIMED_JSON = TEXT.map((text) => `{ "webhookTimestamp":${Date.now()}, "a":${JSON.stringify(text)}}`);
/** SNS takes no line breaks in a subject. */
const SUBJECT = TEXT.filter((text) => !text.includes("\n"));
const SNS = fc
  .record({ Message: TEXT, Subject: fc.option(SUBJECT, { nil: undefined }) })
  .map((body) => JSON.stringify(body));
const ITEM = fc.record({
  pspReference: TEXT,
  originalReference: TEXT,
  merchantAccountCode: TEXT,
  merchantReference: TEXT,
  amount: fc.record({ value: fc.integer(), currency: TEXT }),
  eventCode: TEXT,
  success: fc.constantFrom("true", "false"),
});
const NOTIFICATION = fc.array(ITEM, { minLength: 1, maxLength: 3 }).map((items) =>
  JSON.stringify({
    notificationItems: items.map((NotificationRequestItem) => ({ NotificationRequestItem })),
  }),
);

/** One way in which a sender signs what is checked by a library on npm. */
interface Case {
  readonly sender: string;
  readonly signature: Signature;
  readonly bodies: fc.Arbitrary<string>;
  readonly contentType?: string;
}

const CASES: Case[] = Object.entries(SENDERS).flatMap(([sender, { library, signatures }]) =>
  library === undefined || sender === "workos"
    ? []
    : signatures
        .filter(({ kind }) => kind !== "secret")
        .map((signature) => ({ sender, signature, ...bodiesOf(sender, signature) })),
);

function bodiesOf(sender: string, { kind }: Signature): Pick<Case, "bodies"> {
  if (sender === "adyen" && kind === "own") return { bodies: NOTIFICATION };
  const bodies: Record<string, fc.Arbitrary<string>> = { twilio: FORM, linear: TIMED_JSON, sns: SNS };
  return { bodies: bodies[sender] ?? TEXT };
}

const twilio = CASES.find(({ sender }) => sender === "twilio");
if (twilio) CASES.push({ ...twilio, bodies: TEXT, contentType: "application/json" });

/** What a library asks for beside the signature. */
const OTHER_HEADERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  shopify: {
    "X-Shopify-Topic": "orders/create",
    "X-Shopify-Shop-Domain": "shop.example.com",
    "X-Shopify-API-Version": "2026-10",
  },
};

let local: LocalStack;

beforeAll(async () => {
  if (!areInstalled) return;
  const senders = [...new Set(CASES.map(({ sender }) => sender))];
  local = await LocalStack.start(
    {},
    { noAuth: { webhook: senders.map((sender) => ({ sender, path: sender })) } },
  );
});

afterAll(async () => {
  if (areInstalled) await local.close();
});

/** A delivery as it was sent, with the message that it is. */
interface Trip {
  readonly sent: string;
  readonly message: Message | undefined;
}

function pathOf(sender: string): string {
  return local.served("no-auth-stack").url.replace(/[^/]+$/, sender);
}

/** The URL as its sender knows it, which the message has: its domain is the API's on AWS. */
async function registeredUrl(sender: string): Promise<string> {
  await fetch(pathOf("square"), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: "{}",
  });
  const { RequestUrl = "" } = attributesOf(await local.receive());
  return RequestUrl.replace(/square$/, sender);
}

async function roundTrip(one: Case, bodies: readonly string[], key: SignedSample): Promise<Trip[]> {
  const { sender, signature, contentType } = one;
  const data = SENDERS[sender];
  if (data === undefined) throw new Error(sender);
  const url = `${await registeredUrl(sender)}?shop=a&b=2`;
  const trips: { sent: string; requestId: string }[] = [];
  for (let start = 0; start < bodies.length; start += SIGNED_AT_ONCE) {
    const requests = bodies.slice(start, start + SIGNED_AT_ONCE).map((body) => {
      const options: SignOptions = {
        secret: key.secret,
        body,
        signature,
        url,
        ...(contentType && { contentType }),
        ...(key.privateKey && { privateKey: key.privateKey }),
      };
      const request = sign(data, options);
      const headers = { ...request.headers, ...OTHER_HEADERS[sender] };
      return { ...request, headers, path: new URL(request.url ?? "").search };
    });
    const answers = await sendAll(pathOf(sender), requests);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([data.answer?.status ?? 200]));
    trips.push(
      ...answers.map(({ headers }, index) => ({
        sent: requests[index]?.body ?? "",
        requestId: String(headers["x-amzn-requestid"]),
      })),
    );
  }
  const queued = await local.receiveAll();
  const messages = new Map(queued.map((message) => [attributesOf(message).RequestId, message]));
  return trips.map(({ sent, requestId }) => ({ sent, message: messages.get(requestId) }));
}

function verifyAll(messages: readonly ToVerify[], ...args: string[]): Record<string, number> {
  const script = ["-r", "./bin/register.js", "__tests__/support/verifying-process.ts", ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, script, {
    cwd: ROOT,
    input: JSON.stringify(messages),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(stderr);
  const counts: Record<string, number> = {};
  for (const result of JSON.parse(stdout) as string[]) counts[result] = (counts[result] ?? 0) + 1;
  return counts;
}

describeInstalled(`what libraries of npm say of what went through the queue${NOTE}`, () => {
  test.each(CASES.map((one) => [nameOf(one), one] as const))(
    "%s: all that was signed, and no changed byte",
    async (_name, one) => {
      const { sender, signature } = one;
      const key = signedSample(sender, { signature });
      const trips = await roundTrip(one, fc.sample(one.bodies, { numRuns: DELIVERIES, seed: 1 }), key);
      expect(trips.filter(({ sent, message }) => message?.Body !== sent).slice(0, 1)).toEqual([]);
      const toVerify = trips.map(({ message = {} }): ToVerify => ({
        message,
        sender,
        secret: key.secret,
        publicKey: key.publicKey,
      }));
      const changed = toVerify.map((each) => ({
        ...each,
        message: { ...each.message, Body: withOtherByte(one, each) },
      }));
      for (const args of sender in SENDERS_VALIDATORS ? [[], ["library"]] : [[]]) {
        expect(verifyAll(toVerify, ...args)).toEqual({ delivery: DELIVERIES });
        expect(verifyAll(changed, ...args)).toEqual({ wrong_signature: DELIVERIES });
      }
    },
  );

  test("the payloads that GitHub recorded arrive as they were sent, and are GitHub's", async () => {
    const [github] = CASES.filter(({ sender }) => sender === "github");
    if (github === undefined) throw new Error("no GitHub");
    const recorded = createRequire(resolve(ROOT, "webhooks", "package.json"))(
      "@octokit/webhooks-examples",
    ) as {
      readonly examples: readonly object[];
    }[];
    const bodies = recorded.flatMap(({ examples }) => examples.map((example) => JSON.stringify(example)));
    const key = signedSample("github");
    const trips = await roundTrip(github, bodies, key);
    expect(trips.map(({ message }) => message?.Body)).toEqual(bodies);
    const toVerify = trips.map(({ message = {} }) => ({ message, sender: "github", secret: key.secret }));
    expect(verifyAll(toVerify)).toEqual({ delivery: bodies.length });
    expect(bodies.length).toBeGreaterThan(300);
  });
});

function nameOf({ sender, signature, contentType = "" }: Case): string {
  return `${sender}, ${signature.kind} ${contentType}`.trim();
}

/** The body with one bit of one byte changed, in what the signature covers. */
function withOtherByte(
  { signature, contentType }: Case,
  { sender, message: { Body = "" } }: ToVerify,
): string {
  if (sender === "adyen" && signature.kind === "own") {
    return Body.replace(
      /"pspReference":("(?:[^"\\]|\\.)*")/,
      (_all, text: string) => `"pspReference":${ofJson(text)}`,
    );
  }
  if (sender === "sns") {
    return Body.replace(/"Message":("(?:[^"\\]|\\.)*")/, (_all, text: string) => `"Message":${ofJson(text)}`);
  }
  if (sender !== "twilio" || contentType !== undefined) return flipped(Body);
  const [[name, value] = ["", ""], ...others] = [...new URLSearchParams(Body)];
  return new URLSearchParams([[name, flipped(value)], ...others]).toString();
}

function ofJson(text: string): string {
  return JSON.stringify(flipped(JSON.parse(text) as string));
}

/** Another place in each text; what was UTF-8 still is. */
function flipped(text: string): string {
  const characters = Array.from(text);
  const index = text.length % characters.length;
  const bytes = Buffer.from(characters[index] ?? "");
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
  characters[index] = bytes.toString("utf8");
  return characters.join("");
}
