import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { attributesOf, LocalStack } from "../support/local-stack";
import { SenderStack } from "../support/sender-stack";

const FORWARD = [
  "Action=SendMessage&MessageBody=$util.urlEncode($input.body)",
  "#set($n = 1)&MessageAttribute.${n}.Name=Kind&MessageAttribute.${n}.Value.DataType=String",
  "&MessageAttribute.${n}.Value.StringValue=$util.urlEncode($input.path('$.kind'))",
].join("");

let folder: string;
let local: LocalStack;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "queue-leveling-templates-"));
  const file = join(folder, "order.vtl");
  writeFileSync(file, FORWARD);
  local = await LocalStack.start({
    content_types: [
      "application/json",
      "application/xml",
      "text/plain",
      "text/x-no-action",
      "text/x-other-action",
      "text/x-batch",
    ],
    request_templates: {
      "application/json": { file },
      "application/xml":
        'Action=SendMessage&MessageBody=$util.urlEncode("xml: $input.body %{if} ${missing}")',
      "text/x-no-action": "MessageBody=$input.body",
      "text/x-other-action": "Action=DeleteQueue",
      "text/x-batch":
        "Action=SendMessageBatch&SendMessageBatchRequestEntry.1.Id=a&SendMessageBatchRequestEntry.1.MessageBody=x" +
        "&SendMessageBatchRequestEntry.1.DelaySeconds=$util.urlEncode($input.body)",
    },
  });
});

afterAll(async () => {
  await local.close();
  rmSync(folder, { recursive: true });
});

const post = (body: string, type: string) => local.post(body, { headers: { "Content-Type": type } });

test("a template from a file takes the place of ours", async () => {
  expect((await post('{"kind": "a&b", "x": 1}', "application/json")).status).toBe(200);
  const message = await local.receive();
  expect(message?.Body).toBe('{"kind": "a&b", "x": 1}');
  expect(attributesOf(message)).toEqual({ Kind: "a&b" });
});

test("a template as text adds a content type; Terraform's own signs in it stay", async () => {
  expect((await post("<a>&amp;</a>", "application/xml")).status).toBe(200);
  expect((await local.receive())?.Body).toBe("xml: <a>&amp;</a> %{if} ");
});

test("other content types keep our template", async () => {
  expect((await post("a&b", "text/plain")).status).toBe(200);
  expect((await local.receive())?.Body).toBe("a&b");
});

test.each(["text/x-no-action", "text/x-other-action"])(
  "%s sends nothing, and is never a success",
  async (type) => {
    const response = await post("x", type);
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ code: "INTERNAL_ERROR" });
    expect(await local.receive()).toBeUndefined();
  },
);

test("SQS's 200 for a batch of which it stored nothing is no success", async () => {
  const response = await local.post("99999", { headers: { "Content-Type": "text/x-batch" } });
  expect(response.status).toBe(500);
  expect(await response.json()).toMatchObject({ code: "INTERNAL_ERROR" });
});

test.each([
  ["microsoft-graph", { query: "validationToken=abc" }],
  ["asana", { headers: { "X-Hook-Secret": "abc" } }],
])("what %s wants repeated is no success either, where nothing was sent", async (webhook, request) => {
  const template =
    "Action=SendMessageBatch&SendMessageBatchRequestEntry.1.Id=a&SendMessageBatchRequestEntry.1.MessageBody=%01";
  const senders = await SenderStack.start([], {
    settings: { webhook, request_templates: { "application/json": template } },
  });
  try {
    expect((await senders.send("sqs", request)).status).toBe(500);
  } finally {
    await senders.close();
  }
});
