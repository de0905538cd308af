import { SqsService } from "../../local/sqs/sqs-service";
import { type SqsEmulator, startSqsEmulator } from "../../local/sqs/sqs-emulator";
import type { CaseOutcome, ConformanceCase } from "./conformance-case";
import { runCase } from "./run-case";

let emulator: SqsEmulator;
let client: SqsService;

beforeAll(async () => {
  emulator = await startSqsEmulator();
  client = new SqsService({
    endpoint: emulator.endpoint,
    region: "us-east-1",
    resolveQueueUrl: ({ queueName }) => emulator.queueUrl(queueName),
  });
});

afterAll(async () => {
  await client.close();
  await emulator.stop();
});

function run(example: Omit<ConformanceCase, "id">): Promise<CaseOutcome> {
  return runCase({ id: "own", ...example }, { emulator, client });
}

const MOCK = {
  integrationType: "MOCK",
  requestTemplates: { "application/json": '{"statusCode": 201}' },
  responses: [
    { statusCode: "500" },
    { statusCode: "202", selectionPattern: "2\\d{2}", responseTemplates: { "application/json": '{"n": 1}' } },
  ],
};

describe("a case", () => {
  it.each<[string, Omit<ConformanceCase, "id">]>([
    [
      "of a template",
      {
        kind: "vtl",
        template: "$input.path('$.a')!",
        input: { body: '{"a":1}' },
        expect: { rendered: "1!" },
      },
    ],
    [
      "of a template compared as JSON",
      { kind: "vtl", template: '{ "a":1}', compare: "json", input: {}, expect: { rendered: '{"a": 1}' } },
    ],
    [
      "of a method",
      { kind: "gateway", config: MOCK, input: { path: "/x" }, expect: { status: 202, bodyJson: { n: 1 } } },
    ],
    [
      "of a placeholder",
      {
        kind: "gateway",
        config: MOCK,
        input: { path: "/x" },
        expect: { headers: { "x-amzn-RequestId": "<uuid>" }, headersPresent: ["Date"] },
      },
    ],
    [
      "of an authorizer",
      {
        kind: "authorizer",
        config: { type: "TOKEN", identityValidationExpression: "a+" },
        input: {
          headers: { Authorization: "b" },
          context: { methodArn: "arn:aws:execute-api:eu-west-3:123456789012:xyz/dev/POST/x" },
          path: "/x",
        },
        expect: { status: 401, lambdaInvoked: false },
      },
    ],
    [
      "of a queue",
      { kind: "sqs", config: {}, input: { body: "a&b" }, expect: { status: 200, queue: { body: "a&b" } } },
    ],
    [
      "of a queue that is not there",
      { kind: "sqs", config: { queue: "missing" }, input: { body: "a" }, expect: { backendStatus: 400 } },
    ],
  ])("%s passes and, with another expectation, fails", async (_, example) => {
    expect(await run(example)).toMatchObject({ result: "pass" });
    const wrong = JSON.parse(JSON.stringify(example.expect), (_key, value: unknown) =>
      typeof value === "number"
        ? value + 1
        : typeof value === "string"
          ? `${value}!`
          : typeof value === "boolean"
            ? !value
            : value,
    ) as ConformanceCase["expect"];
    expect(await run({ ...example, expect: wrong })).toMatchObject({ result: "fail" });
  });

  it.each<[string, Omit<ConformanceCase, "id">, string]>([
    ["a kind", { kind: "websocket", input: {}, expect: { status: 200 } }, 'the kind "websocket" is unknown'],
    [
      "an expectation",
      { kind: "gateway", config: MOCK, input: {}, expect: { latency: 1 } },
      "expect.latency is unknown",
    ],
    [
      "a configuration",
      { kind: "gateway", config: { ...MOCK, waf: true } as object, input: {}, expect: { status: 202 } },
      "config.waf is unknown",
    ],
    [
      "an integration",
      { kind: "gateway", config: { integrationType: "AWS_PROXY" }, input: {}, expect: { status: 200 } },
      "integration type AWS_PROXY is not served",
    ],
    ["nothing to expect", { kind: "gateway", config: MOCK, input: {}, expect: {} }, "nothing is expected"],
  ])("with %s that the runner can't express is skipped with the reason", async (_, example, reason) => {
    expect(await run(example)).toEqual({ result: "skip", reason });
  });

  it("reports what is only likely and does not fail on it", async () => {
    const outcome = await run({
      kind: "gateway",
      config: MOCK,
      input: { path: "/x" },
      expect: { status: 202 },
      expectUnverified: { body: "other" },
    });
    expect(outcome.result).toBe("pass");
    expect(outcome.notes?.[0]).toMatch(/^body: expected "other"/);
  });
});
