import { createHash } from "node:crypto";
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import fc from "fast-check";
import { type RunningGateway, startGateway } from "../../local/server/start-gateway";
import { createAuthorizerFunction } from "../support/deploy/authorizer-function";
import { awsClients } from "../support/deploy/aws-clients";
import { deployContext } from "../support/deploy/deploy-context";
import { DeployWorkspace } from "../support/deploy/deploy-workspace";
import { describeWith } from "../support/deploy/describe-deploy";
import { startLocalStack } from "../support/deploy/localstack-server";
import { succeeded } from "../support/deploy/succeeded";
import { anyBody } from "../support/hostile-bodies";
import { HOSTILE_TEXTS } from "../support/hostile-texts";
import { sendAll } from "../support/send-all";
import { answerOf, POINTS, README_BODY, send } from "./points";

const STACKS = ["auth-stack", "no-auth-stack"] as const;
const HOSTILE_BODIES = 100;

type Stack = (typeof STACKS)[number];
interface Deployed {
  readonly apiUrl: string;
  readonly queueUrl: string;
}

describeWith(["terraform", "localstack"], "both stacks on LocalStack, a second opinion on AWS", () => {
  let workspace: DeployWorkspace;
  let gateway: RunningGateway | undefined;
  const deployed = new Map<string, Deployed>();

  beforeAll(async () => {
    // Busy, LocalStack now and then answers an error to what it has done, and the provider's retry meets its own resource.
    await deploy().catch(async () => {
      await workspace.close();
      await deploy();
    });
    process.env.AUTHORIZER_TOKEN = "testtoken";
    gateway = await startGateway({
      stacks: STACKS.map((stack) => workspace.project.stackFolder(stack)),
      authorizer: require.resolve("../../lambda/token-authorizer"),
    });
  });

  afterAll(async () => {
    await gateway?.close();
    await workspace.close();
  });

  test.each(STACKS)("a second plan of %s is empty", async (stack) => {
    const plan = await workspace.terraform(stack, "plan", "-input=false", "-detailed-exitcode");
    expect(plan.output).toContain("No changes.");
    expect(plan.exitCode).toBe(0);
  });

  test.each(STACKS)("the README's POST to %s is in the queue, byte for byte", async (stack) => {
    await send(on(stack).apiUrl, { headers: { Authorization: "testtoken" } });
    const messages = await receiveAll(stack);
    expect(messages.map(({ Body }) => Body)).toEqual([README_BODY]);
  });

  test("none of 100 hostile bodies is changed", async () => {
    const seed = Date.now();
    const samples = fc.sample(anyBody, { numRuns: HOSTILE_BODIES - HOSTILE_TEXTS.length, seed });
    const bodies = [...HOSTILE_TEXTS, ...samples].map((body) => Buffer.from(body));
    const headers = { "Content-Type": "application/json" };
    const { apiUrl } = on("no-auth-stack");
    const answers = await sendAll(
      `${apiUrl}/prod/sqs`,
      bodies.map((body) => ({ headers, body })),
    );
    const messages = new Map(
      (await receiveAll("no-auth-stack")).map((message) => [message.MessageId, message]),
    );
    const wrong = answers.filter(({ status, text }, index) => {
      const expected = messageOf(bodies[index] ?? Buffer.alloc(0));
      const message = messages.get(messageIdOf(text));
      return expected === undefined
        ? // What SQS refuses is in the list of points, too.
          answerOf(status, text) !== "500 INTERNAL_ERROR" || message !== undefined
        : message?.Body !== expected || message.MD5OfBody !== md5(expected);
    });
    expect({ seed, wrong }).toEqual({ seed, wrong: [] });
    expect(messages.size).toBe(answers.filter(({ status }) => status === 200).length);
    expect(messages.size).toBeGreaterThan(HOSTILE_BODIES / 2);
  });

  test.each(POINTS)("the local gateway answers as AWS does: $name", async (point) => {
    const served = gateway?.stacks.find(({ stack }) => stack === (point.stack ?? "no-auth-stack"));
    expect(await send(served?.url.replace("/prod/sqs", "") ?? "", point)).toBe(point.aws);
  });

  // Where LocalStack has come to be right, this fails: so the list of differences stays true.
  test.each(POINTS)("LocalStack answers as the scoreboard says: $name", async (point) => {
    expect(await send(on(point.stack ?? "no-auth-stack").apiUrl, point)).toBe(point.localStack ?? point.aws);
  });

  async function deploy(): Promise<void> {
    workspace = await DeployWorkspace.create(deployContext(), startLocalStack);
    await createAuthorizerFunction(workspace.aws, "decide");
    await workspace.synth();
    // One after the other: the provider makes a role's name of the time, to a tenth of a millisecond.
    for (const stack of STACKS) await apply(stack);
  }

  async function apply(stack: Stack): Promise<void> {
    await succeeded(workspace.terraform(stack, "init", "-input=false"));
    await succeeded(workspace.terraform(stack, "apply", "-auto-approve", "-input=false"));
    const { stdout } = await succeeded(workspace.terraform(stack, "output", "-json"));
    const outputs = JSON.parse(stdout) as Record<"rest_api_id" | "queue_url", { value: string }>;
    deployed.set(stack, {
      apiUrl: `${workspace.aws.endpoint}/_aws/execute-api/${outputs.rest_api_id.value}`,
      queueUrl: outputs.queue_url.value,
    });
  }

  function on(stack: Stack): Deployed {
    const found = deployed.get(stack);
    if (found === undefined) throw new Error(`${stack} is not deployed`);
    return found;
  }

  /** Takes every message from a stack's queue; the SDK checks each against its MD5. */
  async function receiveAll(stack: Stack): Promise<Message[]> {
    const { sqs } = awsClients(workspace.aws);
    const { queueUrl: QueueUrl } = on(stack);
    const all: Message[] = [];
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
      );
      if (Messages.length === 0) return all;
      all.push(...Messages);
      const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    }
  }
});

/** The message that a body becomes on AWS; undefined where SQS refuses it. */
function messageOf(body: Buffer): string | undefined {
  // An empty body is {}, and bytes that are no UTF-8 are U+FFFD: API Gateway makes them so.
  const text = body.length === 0 ? "{}" : body.toString("utf8");
  return /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(text) ? undefined : text;
}

function messageIdOf(answer: string): string | undefined {
  const { SendMessageResponse } = JSON.parse(answer) as {
    SendMessageResponse?: { SendMessageResult: { MessageId: string } };
  };
  return SendMessageResponse?.SendMessageResult.MessageId;
}

function md5(text: string): string {
  return createHash("md5").update(text).digest("hex");
}
