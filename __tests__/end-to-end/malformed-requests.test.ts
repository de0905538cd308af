import { createHash } from "node:crypto";
import fc from "fast-check";
import { LocalStack } from "../support/local-stack";
import type { MalformedCall } from "../support/malformed-call";
import { MALFORMED_FRAMING } from "../support/malformed-framing";
import { MALFORMED_HEADS } from "../support/malformed-heads";
import { MALFORMED_PAYLOADS } from "../support/malformed-payloads";
import { type RawAnswer, rawExchange } from "../support/raw-exchange";
import { tries } from "../support/tries";

jest.setTimeout(60_000);

/** `SEED=<number>` makes the requests of a failure again. */
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

const CLASSES = [...MALFORMED_FRAMING, ...MALFORMED_HEADS, ...MALFORMED_PAYLOADS];

/** The HTTP parser of Node.js before 20.12 takes some of these; what it takes is stored and answered 200 all the same. */
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const isStrictParser = major > 20 || minor >= 12;

let local: LocalStack;
let port: number;

/** MD5 of the message by the id that a 200 gave. */
const ACCEPTED = new Map<string, string>();

beforeAll(async () => {
  local = await LocalStack.start({ content_types: ["application/json", "text/plain"] });
  port = Number(new URL(local.served("no-auth-stack").url).port);
});

afterAll(() => local.close());

/** Makes the calls, some at a time; gives those that were not answered as they should. */
async function wrongAnswers(calls: readonly MalformedCall[]): Promise<unknown[]> {
  const wrong: unknown[] = [];
  const waiting = calls.values();
  const work = async () => {
    for (const call of waiting) {
      const answers = await rawExchange(port, call);
      if (!isRight(answers, call)) wrong.push({ sent: textOf(call), statuses: call.statuses, answers });
    }
  };
  await Promise.all(Array.from({ length: 16 }, work));
  return wrong.slice(0, 3);
}

function isRight(answers: readonly RawAnswer[], { statuses, stored }: MalformedCall): boolean {
  const ids = answers.filter(({ status }) => status === 200).map(accept);
  const bodies = stored?.map((body, index) => ACCEPTED.get(ids[index] ?? "") === md5(body));
  return statuses === undefined || !isStrictParser
    ? answers.every(({ status }) => status < 500 || status === 505)
    : answers.map(({ status }) => status).join() === statuses.join() && bodies?.every(Boolean) === true;
}

function accept({ body }: RawAnswer): string {
  const { SendMessageResponse } = JSON.parse(body) as {
    SendMessageResponse: { SendMessageResult: { MessageId: string; MD5OfMessageBody: string } };
  };
  const { MessageId, MD5OfMessageBody } = SendMessageResponse.SendMessageResult;
  ACCEPTED.set(MessageId, MD5OfMessageBody);
  return MessageId;
}

const md5 = (text: string) => createHash("md5").update(text).digest("hex");

const textOf = ({ pieces }: MalformedCall) => Buffer.concat(pieces).toString("latin1").slice(0, 1000);

describe(`${tries(10_000)} malformed requests (seed ${seed})`, () => {
  it.each(CLASSES)(
    "%s (%i) are answered as they should, and a normal one after them 200",
    async (_, count, calls) => {
      expect(await wrongAnswers(fc.sample(calls, { numRuns: tries(count), seed }))).toEqual([]);
      const response = await local.post('{"normal":true}');
      accept({ status: response.status, body: await response.text() });
      expect(response.status).toBe(200);
    },
  );

  it("leave in the queue what was answered 200, and nothing else", async () => {
    expect(CLASSES.reduce((sum, [, count]) => sum + count, 0)).toBe(10_000);
    const messages = await local.receiveAll();
    const queued = messages.map(({ MessageId = "", Body = "" }) => [MessageId, md5(Body)] as const);
    expect(new Map(queued)).toEqual(ACCEPTED);
    expect(messages).toHaveLength(ACCEPTED.size);
    expect(await local.receiveAll("auth-stack")).toEqual([]);
  });
});
