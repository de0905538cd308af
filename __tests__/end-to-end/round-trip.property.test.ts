import fc from "fast-check";
import { anyBody, isAllowed } from "../support/hostile-bodies";
import { attributesOf, LocalStack } from "../support/local-stack";
import { sendAll } from "../support/send-all";
import { tries } from "../support/tries";

const RUNS = tries(2000);

jest.setTimeout(60_000);

const TEXT = ["application/json", "application/x-www-form-urlencoded", "text/plain", "application/xml"];
const BINARY = ["application/octet-stream"];

const large = Buffer.from("&+%41é👍\\\"'".repeat(12_000));
const everyByte = Uint8Array.from({ length: 256 }, (_, index) => index);

let local: LocalStack;

beforeAll(async () => {
  local = await LocalStack.start({ content_types: [...TEXT, ...BINARY], response: "compact" });
});

afterAll(() => local.close());

/** Sends `RUNS` bodies and gives each with its answer and the message that the answer names. */
async function roundTrip(type: string, seed: number) {
  const bodies = [...fc.sample(anyBody, { numRuns: RUNS, seed }), large, everyByte, new Uint8Array()];
  const headers = { "Content-Type": type };
  const answers = await sendAll(
    local.served("no-auth-stack").url,
    bodies.map((body) => ({ headers, body })),
  );
  const messages = new Map((await local.receiveAll()).map((message) => [message.MessageId, message]));
  const trips = answers.map(({ status, text }, index) => {
    const { messageId, code } = JSON.parse(text) as { messageId?: string; code?: string };
    return { body: Buffer.from(bodies[index] ?? []), status, code, message: messages.get(messageId) };
  });
  return { trips, queued: messages.size };
}

type Trip = Awaited<ReturnType<typeof roundTrip>>["trips"][number];

function isTextKept({ body, status, code, message }: Trip): boolean {
  // An empty body is {} and bytes that are no UTF-8 are U+FFFD: API Gateway makes them so.
  const text = body.length === 0 ? "{}" : body.toString("utf8");
  return isAllowed(text)
    ? status === 202 && message?.Body === text
    : status === 400 && code === "INVALID_MESSAGE" && message === undefined;
}

function areBytesKept({ body, status, code, message }: Trip): boolean {
  if (body.length === 0) return status === 400 && code === "EMPTY_MESSAGE" && message === undefined;
  return (
    status === 202 &&
    Buffer.from(message?.Body ?? "", "base64").equals(body) &&
    attributesOf(message)["Content-Transfer-Encoding"] === "base64"
  );
}

test.each([
  ...TEXT.map((type) => [type, isTextKept] as const),
  ...BINARY.map((type) => [type, areBytesKept] as const),
])("no body of %s is lost or changed", async (type, isKept) => {
  const seed = Date.now();
  const { trips, queued } = await roundTrip(type, seed);
  expect({ seed, wrong: trips.filter((trip) => !isKept(trip)).slice(0, 3) }).toEqual({ seed, wrong: [] });
  expect(queued).toBe(trips.filter(({ status }) => status === 202).length);
  expect(queued).toBeGreaterThan(RUNS / 2);
});
