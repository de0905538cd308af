import type { SqsEmulator } from "../../local/sqs/sqs-emulator";
import type { SqsService, SqsResponse } from "../../local/sqs/sqs-service";
import type { Queue } from "../../local/terraform/model/queue";
import {
  type CaseConfig,
  type ConformanceCase,
  InexpressibleCase,
  type MethodConfig,
} from "./conformance-case";
import type { CaseDefaults } from "./model-of-config";

/** Keys of an `sqs` case's `config` that describe the message or the queue. */
export const SQS_KEYS: readonly (keyof CaseConfig)[] = [
  "DelaySeconds",
  "MessageAttributes",
  "MessageBody",
  "MessageDeduplicationId",
  "MessageGroupId",
  "queue",
];

/** An SQS that cases can use; each gets queues of its own. */
export interface CaseSqs {
  readonly emulator: SqsEmulator;
  readonly client: SqsService;
}

const ACCOUNT_ID = "123456789012";

/** A case whose queues are there. */
export interface PreparedSqs {
  readonly example: ConformanceCase;
  readonly defaults: CaseDefaults;
}

/** The integration that an `sqs` case has where it does not say otherwise: it sends the body, URL-encoded. */
export async function prepareSqs(
  example: ConformanceCase,
  { emulator, client }: CaseSqs,
): Promise<PreparedSqs> {
  const region = /sqs\.([a-z]+-[a-z-]+-\d)\.amazonaws/.exec(JSON.stringify(example))?.[1] ?? "us-east-1";
  const names = queueNames(example);
  const queues = names.map((name) => queueOf(name, region));
  for (const { name } of queues) {
    // What earlier cases left is not this one's.
    await call(client, region, "DeleteQueue", { QueueUrl: queueOf(name, region).url });
    if (isMissing(name)) continue;
    await emulator.createQueue(name, name.endsWith(".fifo") ? { FifoQueue: "true" } : {});
  }
  const [target = "queue"] = names;
  const integration: MethodConfig = {
    uri: `arn:aws:apigateway:${region}:sqs:path/${ACCOUNT_ID}/${target}`,
    passthroughBehavior: "NEVER",
    requestParameters: { "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'" },
    requestTemplates: { "application/json": messageTemplate(example) },
  };
  const explicit = names.find((name) => name !== target) ?? target;
  return {
    example: withQueueUrl(example, queueOf(explicit, region).url),
    defaults: { integration, queues, region },
  };
}

function queueOf(name: string, region: string): Queue {
  return {
    address: name,
    name,
    arn: `arn:aws:sqs:${region}:${ACCOUNT_ID}:${name}`,
    url: `https://sqs.${region}.amazonaws.com/${ACCOUNT_ID}/${name}`,
    attributes: {},
  };
}

/** The integration's own queue first. */
function queueNames({ config = {}, expect }: ConformanceCase): string[] {
  const fromUri = /:sqs:path\/[^/]+\/(.+)$/.exec(config.uri ?? "")?.[1];
  const expected = expect.queue as { name?: string } | undefined;
  const named = [fromUri ?? config.queue ?? "queue", expected?.name, expect.otherQueueEmpty];
  return [...new Set(named.filter((name) => typeof name === "string"))];
}

/** A queue that a case's name for it says is not there. */
function isMissing(name: string): boolean {
  return /not-?exist|non-?exist|missing/i.test(name);
}

function withQueueUrl(example: ConformanceCase, url: string): ConformanceCase {
  return JSON.parse(JSON.stringify(example).replaceAll("<explicit queue url>", url)) as ConformanceCase;
}

function messageTemplate({ config = {} }: ConformanceCase): string {
  const body = config.MessageBody;
  const parts = ["Action=SendMessage"];
  parts.push(
    `MessageBody=${body === undefined ? "$util.urlEncode($input.body)" : encodeURIComponent(describedText(body))}`,
  );
  for (const name of ["DelaySeconds", "MessageDeduplicationId", "MessageGroupId"] as const) {
    if (config[name] !== undefined) parts.push(`${name}=${encodeURIComponent(String(config[name]))}`);
  }
  return [...parts, ...attributeParts(config.MessageAttributes)].join("&");
}

const UNITS: Readonly<Record<string, number>> = { bytes: 1, characters: 1, KiB: 1024, MiB: 1024 * 1024 };

/** Some cases describe their text: `contains U+0007`, `<1048577 bytes>`, `1 MiB + 1`, `more than 256 KiB`. */
function describedText(text: string): string {
  const character = /^contains U\+([0-9A-F]{4,6})$/.exec(text)?.[1];
  if (character !== undefined) return `a${String.fromCodePoint(Number.parseInt(character, 16))}b`;
  const [, more, count, unit = "", extra = more === undefined ? 0 : 1] =
    /^<?((?:more|longer) than |over )?(\d+)(?: or more)? (bytes|characters|KiB|MiB)(?: ?\+ ?(\d+)(?: bytes?)?)?>?$/.exec(
      text,
    ) ?? [];
  return count === undefined ? text : "x".repeat(Number(count) * (UNITS[unit] ?? 1) + Number(extra));
}

function attributeParts(given: CaseConfig["MessageAttributes"]): string[] {
  return Object.entries(attributesOf(given)).flatMap(([name, attribute], index) => [
    `MessageAttribute.${index + 1}.Name=${encodeURIComponent(name)}`,
    ...Object.entries(attribute).map(
      ([key, value]) => `MessageAttribute.${index + 1}.Value.${key}=${encodeURIComponent(value)}`,
    ),
  ]);
}

type Attributes = Readonly<Record<string, Readonly<Record<string, string>>>>;

function attributesOf(given: CaseConfig["MessageAttributes"]): Attributes {
  if (given === undefined) return {};
  if (typeof given === "object") return given;
  const count = /^(\d+) attributes$/.exec(given)?.[1];
  if (count === undefined) throw new InexpressibleCase(`config.MessageAttributes "${given}" is unknown`);
  return Object.fromEntries(
    Array.from({ length: Number(count) }, (_, index) => [
      `name${index + 1}`,
      { DataType: "String", StringValue: "x" },
    ]),
  );
}

/** What lies in a queue. */
export async function receiveMessages(
  client: SqsService,
  queueName: string,
  region: string,
): Promise<unknown[]> {
  const { status, body } = await call(client, region, "ReceiveMessage", {
    QueueUrl: queueOf(queueName, region).url,
    MaxNumberOfMessages: 10,
    MessageAttributeNames: ["All"],
  });
  if (status !== 200) throw new Error(`The queue ${queueName} can't be read: ${body}`);
  return (JSON.parse(body) as { Messages?: unknown[] }).Messages ?? [];
}

function call(client: SqsService, region: string, action: string, input: object): Promise<SqsResponse> {
  return client.send({
    region,
    headers: { "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": `AmazonSQS.${action}` },
    body: JSON.stringify(input),
    authorize: () => true,
    timeoutMs: 5000,
  });
}
