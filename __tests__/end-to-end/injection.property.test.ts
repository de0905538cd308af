import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { RequestTrace } from "../../local/apigateway/request-trace";
import { anyHostileText } from "../support/hostile-bodies";
import { LocalStack } from "../support/local-stack";
import { type LoadRequest, sendAll } from "../support/send-all";
import type { StackName } from "../support/synthesized-project";
import { tries } from "../support/tries";

const RUNS = tries(2000);

jest.setTimeout(60_000);

/** Gives what the token holds, any text, as principal and as context. */
const AUTHORIZER = `
exports.handler = async ({ authorizationToken, methodArn }) => {
  const text = Buffer.from(authorizationToken.slice(1), "base64url").toString();
  return {
    principalId: "p" + text,
    context: { tenant: text },
    policyDocument: {
      Version: "2012-10-17",
      Statement: [{ Action: "execute-api:Invoke", Effect: "Allow", Resource: methodArn }],
    },
  };
};`;

/** Ids as a caller may choose them: what messages carry of a request is then known before. */
const REQUEST_ID = "0a1b2c3d-4e5f-4a6b-8c7d-9e8f7a6b5c4d";
const TRACE = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0";
const IDS = { "x-amzn-RequestId": REQUEST_ID, "X-Amzn-Trace-Id": TRACE };

type Parameters = [name: string, value: string][];

/** What an integration sent to SQS: the parameters of the Query protocol, and the call that came of them. */
interface Sent {
  readonly parameters: Parameters;
  readonly call: unknown;
}

let folder: string;
let local: LocalStack;
/** By the request's number; absent where SQS was not asked. */
const SENT = new Map<string, Sent>();

function record({ request, integrationRequest, backend }: RequestTrace): void {
  const id = request.headers.find(([name]) => name.toLowerCase() === "x-number")?.[1] ?? "";
  if (!integrationRequest) return;
  expect(integrationRequest.query).toEqual({});
  const parameters = [...new URLSearchParams(integrationRequest.body.toString())];
  SENT.set(id, { parameters, call: backend?.sent });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "queue-leveling-authorizer-"));
  writeFileSync(join(folder, "index.js"), AUTHORIZER);
  local = await LocalStack.start(
    {
      content_types: ["application/json", "text/plain"],
      forward_headers: ["X-Tenant"],
      forward_query_parameters: ["tenant"],
      forward_request_metadata: ["path", "contentType"],
      message_group_id: { json_path: "$.group" },
    },
    {
      authorizer: folder,
      onTrace: record,
      noAuth: { batch: true },
      auth: {
        forward_query_parameters: [],
        forward_authorizer_keys: ["principalId", "tenant"],
        fifo: true,
        message_group_id: { authorizer: "tenant" },
        message_deduplication_id: { header: "Idempotency-Key" },
      },
    },
  );
});

afterEach(async () => {
  SENT.clear();
  await local.purge();
});

afterAll(async () => {
  await local.close();
  rmSync(folder, { recursive: true });
});

interface Attack {
  readonly request: Omit<LoadRequest, "headers"> & { readonly headers: Readonly<Record<string, string>> };
  /** Undefined where SQS must not be asked. */
  readonly expected: Parameters | undefined;
}

/** Sends an attack for each hostile text and finds those that did anything but what is expected. */
async function attack(make: (text: string) => Attack, stack: StackName = "no-auth-stack") {
  const seed = Date.now();
  const texts = fc.sample(anyHostileText, { numRuns: RUNS, seed });
  const attacks = texts.map(make);
  const answers = await sendAll(
    local.served(stack).url,
    attacks.map(({ request }, index) => ({
      ...request,
      headers: { "Content-Type": "application/json", ...IDS, ...request.headers, "X-Number": String(index) },
    })),
  );
  const broken = attacks.flatMap(({ expected }, index) => {
    const actual = SENT.get(String(index));
    const { status = 0 } = answers[index] ?? {};
    const isFine =
      expected === undefined
        ? actual === undefined && status >= 400 && status < 500
        : isSame(actual?.parameters, expected) && isCallOf(actual?.call, expected, status);
    return isFine ? [] : [{ text: texts[index], status, expected, actual }];
  });
  expect({ seed, broken: broken.slice(0, 3) }).toEqual({ seed, broken: [] });
  return answers.filter(({ status }) => status === 200).length;
}

function isSame(actual: Parameters | undefined, expected: Parameters): boolean {
  const sorted = (parameters: Parameters) =>
    JSON.stringify([...parameters].sort(([a], [b]) => (a < b ? -1 : 1)));
  return actual !== undefined && sorted(actual) === sorted(expected);
}

/** The call that reached SQS has these members and no other; where there was none, SQS's own rules refused it. */
function isCallOf(call: unknown, expected: Parameters, status: number): boolean {
  if (call === undefined) return status === 400;
  const { action, input } = call as { action: string; input: Record<string, unknown> };
  const names = new Set(expected.map(([name]) => name.replace(/^(Message(?:System)?Attribute)\..*/, "$1s")));
  names.delete("Action");
  const entries = expected.filter(([name]) => name.endsWith(".Id")).length;
  if (entries > 0) {
    return action === "SendMessageBatch" && Object.keys(input).sort().join() === "Entries,QueueUrl";
  }
  return (
    action === "SendMessage" && Object.keys(input).sort().join() === [...names, "QueueUrl"].sort().join()
  );
}

/** The parameters of a message; those without a value are left out. */
function message(
  body: string,
  attributes: readonly (readonly [string, string])[],
  ids: Readonly<Record<string, string>> = {},
  trace = TRACE,
): Parameters {
  const present = [...attributes, ["RequestId", REQUEST_ID] as const].filter(([, value]) => value !== "");
  return [
    ["Action", "SendMessage"],
    ["MessageBody", body === "" ? "{}" : body],
    ...Object.entries(ids).filter(([, value]) => value !== ""),
    ...present.flatMap(([name, value], index): Parameters => [
      [`MessageAttribute.${index + 1}.Name`, name],
      [`MessageAttribute.${index + 1}.Value.DataType`, "String"],
      [`MessageAttribute.${index + 1}.Value.StringValue`, value],
    ]),
    ...(trace === "" ? [] : traceParameters(trace)),
  ];
}

function traceParameters(trace: string): Parameters {
  return [
    ["MessageSystemAttribute.1.Name", "AWSTraceHeader"],
    ["MessageSystemAttribute.1.Value.DataType", "String"],
    ["MessageSystemAttribute.1.Value.StringValue", trace],
  ];
}

const METADATA = [
  ["Path", "/prod/sqs"],
  ["ContentType", "application/json"],
] as const;

/** What HTTP can carry in a header of the text, byte by byte, and what of it arrives. */
function headerValue(text: string): { sentAs: string; arrives: string } {
  const carried = text.replace(/[^\t\x20-\x7e\x80-\u{10ffff}]/gu, "?");
  return {
    sentAs: Buffer.from(carried).toString("latin1"),
    arrives: carried.replace(/^[ \t]+|[ \t]+$/g, ""),
  };
}

test("a header's value", async () => {
  const accepted = await attack((text) => {
    const { sentAs, arrives } = headerValue(text);
    return {
      request: { headers: { "X-Tenant": sentAs }, body: "{}" },
      expected: message("{}", [["X-Tenant", arrives], ...METADATA]),
    };
  });
  expect(accepted).toBeGreaterThan(RUNS / 2);
});

test("a header that nobody forwards", async () => {
  await attack((text) => ({
    request: { headers: { DelaySeconds: headerValue(text).sentAs }, body: "{}" },
    expected: message("{}", METADATA),
  }));
});

test("a trace header that is none", async () => {
  await attack((text) => ({
    request: { headers: { "X-Amzn-Trace-Id": `${TRACE};${headerValue(text).sentAs}` }, body: "{}" },
    expected: message("{}", METADATA, {}, ""),
  }));
});

/** As much of a text as three times fits a request's line. */
function forQuery(text: string): string {
  return Array.from(text).slice(0, 200).join("");
}

test("a query parameter", async () => {
  const accepted = await attack((anyText) => {
    const text = forQuery(anyText);
    return {
      request: { headers: {}, body: "{}", path: `?tenant=${encodeURIComponent(text)}` },
      expected: message("{}", [["tenant", text], ...METADATA]),
    };
  });
  expect(accepted).toBeGreaterThan(RUNS / 2);
});

test("a whole query, with names of SQS's parameters", async () => {
  await attack((text) => {
    const name = encodeURIComponent(forQuery(text));
    const path = `?DelaySeconds=900&MessageBody=${name}&${name}=${name}&Action=PurgeQueue&MessageAttribute.1.Name=x`;
    const isTenant = text === "tenant";
    return {
      request: { headers: {}, body: "{}", path },
      expected: message("{}", [...(isTenant ? [["tenant", text] as const] : []), ...METADATA]),
    };
  });
});

test("a body", async () => {
  const accepted = await attack((text) => ({
    request: { headers: { "Content-Type": "text/plain" }, body: text },
    expected: message(text, [METADATA[0], ["ContentType", "text/plain"]], { MessageGroupId: groupOf(text) }),
  }));
  expect(accepted).toBeGreaterThan(RUNS / 2);
});

/** The group that a body gives when it happens to be such JSON. */
function groupOf(body: string): string {
  try {
    const { group } = JSON.parse(body) as { group?: unknown };
    return typeof group === "string" ? group : "";
  } catch {
    return "";
  }
}

test("a value in a JSON body", async () => {
  await attack((group) => {
    const body = JSON.stringify({ group, DelaySeconds: 900, "MessageAttribute.1.Name": group });
    return { request: { headers: {}, body }, expected: message(body, METADATA, { MessageGroupId: group }) };
  });
});

test("a path", async () => {
  await attack((text) => ({
    request: { headers: {}, body: "{}", path: `/x${encodeURIComponent(text)}` },
    expected: undefined,
  }));
});

test("what the authorizer gives, and a deduplication id", async () => {
  await attack((text) => {
    const { sentAs, arrives } = headerValue(text);
    const token = `.${Buffer.from(text).toString("base64url")}`;
    return {
      request: { headers: { Authorization: token, "Idempotency-Key": sentAs }, body: "{}" },
      expected: message("{}", [["principalId", `p${text}`], ["tenant", text], ...METADATA], {
        MessageGroupId: text,
        MessageDeduplicationId: arrives,
      }),
    };
  }, "auth-stack");
});

const isId = (text: string) => /^[!-~]{1,128}$/.test(text);

test("an entry of a batch", async () => {
  const accepted = await attack((text) => {
    const id = text.replace(/[^!-~]/g, "").slice(0, 128);
    const group = text.length % 2 === 0 ? id : text;
    const entries = [text, { body: text, messageGroupId: group, messageDeduplicationId: id }];
    const entry = (index: number, parameters: Parameters) =>
      [["Id", String(index - 1)], ...parameters].map(([name = "", value = ""]): [string, string] => [
        `SendMessageBatchRequestEntry.${index}.${name}`,
        value,
      ]);
    const attributes = message("", [["Path", "/prod/sqs/batch"], METADATA[1]]).slice(2);
    return {
      request: { headers: {}, body: JSON.stringify(entries), path: "/batch" },
      expected:
        // The batch's schema refuses U+007F.
        text !== "" && !text.includes("\u007f") && isId(group) && isId(id)
          ? [
              ["Action", "SendMessageBatch"],
              ...entry(1, [["MessageBody", text], ...attributes]),
              ...entry(2, [
                ["MessageBody", text],
                ["MessageGroupId", group],
                ["MessageDeduplicationId", id],
                ...attributes,
              ]),
            ]
          : undefined,
    };
  });
  expect(accepted).toBe(0);
});

test("a key in an entry of a batch", async () => {
  await attack((text) => ({
    request: { headers: {}, body: JSON.stringify([{ body: "x", [`x${text}`]: text }]), path: "/batch" },
    expected: undefined,
  }));
});
