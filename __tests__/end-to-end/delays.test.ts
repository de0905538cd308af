import fc from "fast-check";
import { LocalStack } from "../support/local-stack";
import { anyDelayText, DELAY_TEXTS, type DelayOutcome, expectedDelay } from "../support/delay-texts";
import { type LoadRequest, sendAll } from "../support/send-all";
import type { StackName } from "../support/synthesized-project";
import { tries } from "../support/tries";

jest.setTimeout(60_000);

const MODES = { "no-auth-stack": "refuse", "auth-stack": "clamp" } as const;

let local: LocalStack;
/** The input of the call that reached SQS, by the request's number; absent where SQS's own rules refused it before. */
const REACHED = new Map<string, Record<string, unknown>>();

beforeAll(async () => {
  local = await LocalStack.start(
    { batch: true, delay_seconds: 3 },
    {
      auth: { message_delay_out_of_range: "clamp", message_delay_seconds: { json_path: "$.delay" } },
      noAuth: {
        content_types: ["application/json", "image/png"],
        cors: { allow_origins: ["https://shop.example"] },
        message_delay_seconds: { header: "X-Delay-Seconds" },
        webhook: ["github", { sender: "stripe", message_delay_seconds: { constant: "7" } }],
      },
      onTrace: ({ request, backend }) => {
        const number = request.headers.find(([name]) => name.toLowerCase() === "x-number")?.[1] ?? "";
        const sent = backend?.sent as { input: Record<string, unknown> } | undefined;
        if (sent) REACHED.set(number, sent.input);
      },
    },
  );
});

afterEach(() => {
  REACHED.clear();
});

afterAll(() => local.close());

interface Tried {
  readonly text: string;
  readonly request: Omit<LoadRequest, "headers"> & { readonly headers: Readonly<Record<string, string>> };
}

/** Sends each request; finds those that did anything but what is expected of their delay. */
async function expectDelays(stack: StackName, tried: readonly Tried[]): Promise<DelayOutcome[]> {
  const headers = { "Content-Type": "application/json", Authorization: "testtoken" };
  const answers = await sendAll(
    local.served(stack).url,
    tried.map(({ request }, index) => ({
      ...request,
      headers: { ...headers, ...request.headers, "X-Number": String(index) },
    })),
  );
  const outcomes = tried.map(({ text }) => expectedDelay(text, MODES[stack]));
  const broken = tried.flatMap(({ text }, index) => {
    const expected = outcomes[index];
    const { status, text: answer } = answers[index] ?? { status: 0, text: "" };
    const input = REACHED.get(String(index));
    const isFine =
      expected === "refused"
        ? input === undefined && status === 400 && answer.startsWith('{"code":"INVALID_DELAY",')
        : status === 200 && input?.DelaySeconds === (expected === "the queue's own" ? undefined : expected);
    return isFine ? [] : [{ text, expected, status, answer, input }];
  });
  expect(broken.slice(0, 3)).toEqual([]);
  return outcomes;
}

/** The text as HTTP carries it in a header, byte by byte, and what of it arrives. */
function inHeader(text: string): Tried {
  const carried = text.replace(/[^\t\x20-\x7e\x80-\u{10ffff}]/gu, "?");
  return {
    text: carried.replace(/^[ \t]+|[ \t]+$/g, ""),
    request: { headers: { "X-Delay-Seconds": Buffer.from(carried).toString("latin1") }, body: "{}" },
  };
}

/** In ASCII, since SQS does not take every character of a body. */
function inBody(text: string): Tried {
  const body = JSON.stringify({ delay: text }).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return { text, request: { headers: {}, body } };
}

describe.each<[StackName, (text: string) => Tried]>([
  ["no-auth-stack", inHeader],
  ["auth-stack", inBody],
])("%s", (stack, make) => {
  test("takes or refuses what is nearly a delay", async () => {
    await expectDelays(stack, DELAY_TEXTS.map(make));
  });

  test("any text is that delay exactly, or 400 and no message", async () => {
    const seed = Date.now();
    const texts = fc.sample(anyDelayText, { numRuns: tries(20_000), seed });
    const outcomes = await expectDelays(stack, texts.map(make)).catch((cause: unknown) => {
      throw new Error(`with the seed ${seed}`, { cause });
    });
    const refused = outcomes.filter((outcome) => outcome === "refused").length;
    expect(refused).toBeGreaterThan(texts.length / 10);
    expect(outcomes.length - refused).toBeGreaterThan(texts.length / 10);
  });
});

test("the answer tells what a delay is, and where to send it", async () => {
  const response = await local.post("{}", { headers: { "X-Delay-Seconds": "901" } });
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({
    code: "INVALID_DELAY",
    message:
      "The delay must be a whole number of seconds from 0 to 900. Send the delay in the header X-Delay-Seconds.",
    requestId: response.headers.get("x-amzn-requestid"),
  });
  const answer = await local.post(
    '{"delay":"soon"}',
    { headers: { Authorization: "testtoken" } },
    "auth-stack",
  );
  expect(await answer.json()).toMatchObject({
    message:
      "The delay must be a whole number of seconds from 0 to 900. Send the delay in the body at $.delay.",
  });
});

test("a delayed message can be received when its delay is over, and not before", async () => {
  await local.purge();
  const sentAt = Date.now();
  await local.post("later", { headers: { "x-delay-seconds": "2" } });
  await local.post("now", { headers: { "x-delay-seconds": "0" } });
  expect((await local.receive())?.Body).toBe("now");
  expect(await local.receive()).toBeUndefined();
  for (;;) {
    const message = await local.receive();
    if (message === undefined) continue;
    expect(message.Body).toBe("later");
    expect(Date.now() - sentAt).toBeGreaterThanOrEqual(1900);
    break;
  }
});

async function postBatch(entries: unknown, stack: StackName, headers: Record<string, string> = {}) {
  const all = { Authorization: "testtoken", "X-Number": "batch", ...headers };
  const response = await local.post(JSON.stringify(entries), { path: "/batch", headers: all }, stack);
  const { results, code } = (await response.json()) as {
    results?: { code?: string; message?: string }[];
    code?: string;
  };
  const input = REACHED.get("batch") as { Entries: { DelaySeconds?: number }[] } | undefined;
  return {
    status: response.status,
    code,
    results,
    delays: input?.Entries.map((entry) => entry.DelaySeconds),
  };
}

describe("a batch", () => {
  test("has delays of its entries, and that of the request for the others", async () => {
    const entries = ["a", { body: "b", delaySeconds: 0 }, { body: "c", delaySeconds: 900 }, { body: "d" }];
    const answer = await postBatch(entries, "no-auth-stack", { "X-Delay-Seconds": "60" });
    expect(answer).toMatchObject({ status: 200, delays: [60, 0, 900, 60] });
    const without = await postBatch(entries, "no-auth-stack");
    expect(without).toMatchObject({ status: 200, delays: [undefined, 0, 900, undefined] });
  });

  test("sends the entries with delays of their own where that of the request is refused", async () => {
    const entries = ["a", { body: "b", delaySeconds: 5 }];
    const answer = await postBatch(entries, "no-auth-stack", { "X-Delay-Seconds": "901" });
    expect(answer).toMatchObject({ status: 207, delays: [5] });
    expect(answer.results?.[0]).toEqual({
      index: 0,
      code: "INVALID_DELAY",
      message:
        "The delay must be a whole number of seconds from 0 to 900. Give the entry such a delaySeconds.",
    });
    const refused = await postBatch(["a"], "no-auth-stack", { "X-Delay-Seconds": "soon" });
    expect(refused).toMatchObject({ status: 400, results: [{ code: "INVALID_DELAY" }] });
  });

  test.each([901, -1, 1.5, "5", true, null, 1e21])(
    "with an entry's delay of %j is refused as a whole",
    async (delaySeconds) => {
      const answer = await postBatch(["a", { body: "b", delaySeconds }], "no-auth-stack");
      expect(answer).toEqual({ status: 400, code: "BAD_REQUEST_BODY" });
    },
  );

  test("has its entries' delays clamped", async () => {
    const entries = [-1, 901, 5, Number.MAX_SAFE_INTEGER].map((delaySeconds) => ({
      body: "x",
      delaySeconds,
    }));
    const answer = await postBatch(entries, "auth-stack");
    expect(answer).toMatchObject({ status: 200, delays: [0, 900, 5, 900] });
  });
});

test("a sender of webhooks has no delay of other callers, and may have its own", async () => {
  const post = async (path: string) => {
    const { url } = local.served("no-auth-stack");
    const headers = { "Content-Type": "application/json", "X-Delay-Seconds": "60", "X-Number": path };
    const response = await fetch(url.replace(/sqs$/, path), { method: "POST", headers, body: "{}" });
    return [response.status, REACHED.get(path)?.DelaySeconds];
  };
  expect(await post("github")).toEqual([200, undefined]);
  expect(await post("stripe")).toEqual([200, 7]);
});

test("pages may send the header", async () => {
  const { url } = local.served("no-auth-stack");
  const response = await fetch(url, { method: "OPTIONS", headers: { Origin: "https://shop.example" } });
  expect(response.headers.get("access-control-allow-headers")).toContain("X-Delay-Seconds");
});
