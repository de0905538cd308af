import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CreateRestApiCommand } from "@aws-sdk/client-api-gateway";
import { DeleteQueueCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { sampleAuthorizer } from "../../local/server/sample-authorizer";
import { type RunningGateway, startGateway } from "../../local/server/start-gateway";
import { FakeSqs, sqsError } from "../support/fake-sqs";
import { createAuthorizerFunction } from "../support/deploy/authorizer-function";
import { awsClients } from "../support/deploy/aws-clients";
import { deployContext } from "../support/deploy/deploy-context";
import { DeployWorkspace } from "../support/deploy/deploy-workspace";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { EMULATED_REGION } from "../support/deploy/emulated-aws";
import { callLambda } from "../support/deploy/lambda-api";
import { runbookBlocks, RunbookShell } from "../support/deploy/runbook";
import { bucketKeys, createStateBucket } from "../support/deploy/state-bucket";
import { succeeded } from "../support/deploy/succeeded";
import { until } from "../support/deploy/until";

const STACK = "auth-stack";
const BUCKET = "states";
const TOKEN = "testtoken";

describeDeploy("a deployed stack", () => {
  let workspace: DeployWorkspace;
  let shell: RunbookShell;
  let gateway: RunningGateway | undefined;
  let queueUrl = "";

  beforeAll(async () => {
    process.env.AUTHORIZER_TOKEN = TOKEN;
    workspace = await DeployWorkspace.create(
      deployContext({ backend: { s3: { bucket: BUCKET, region: EMULATED_REGION } }, [STACK]: limits(2) }),
    );
    shell = new RunbookShell(workspace);
    await createStateBucket(workspace.aws, BUCKET);
    await createAuthorizerFunction(workspace.aws, "decide");
    await commitSettings();
    await workspace.synth();
    await succeeded(workspace.terraform(STACK, "init", "-input=false"));
  });

  afterAll(async () => {
    await gateway?.close();
    await workspace.close();
  });

  test("one that is not deployed yet is told", async () => {
    const { exitCode, output } = await workspace.tool("queue", STACK, "count");
    expect([exitCode, output]).toEqual([
      1,
      expect.stringMatching(/has no outputs, got none: it is not deployed;/),
    ]);
  });

  test("its queue is found by Terraform's outputs, its dead letters come back", async () => {
    await succeeded(workspace.terraform(STACK, "apply", "-auto-approve", "-input=false"));
    queueUrl = (await succeeded(workspace.terraform(STACK, "output", "-raw", "queue_url"))).stdout;
    await send(`${queueUrl}-dlq`, "dead");
    await succeeded(workspace.tool("queue", STACK, "redrive"));
    const peeked = await succeeded(workspace.tool("queue", STACK, "peek", "--json"));
    expect(JSON.parse(peeked.stdout)).toEqual([expect.objectContaining({ body: "dead" })]);
    const counted = await succeeded(workspace.tool("queue", STACK, "count", "--json"));
    expect(JSON.parse(counted.stdout)).toEqual([
      expect.objectContaining({ role: "queue", visible: 1 }),
      expect.objectContaining({ role: "dead-letter queue", visible: 0 }),
    ]);
  });

  test("a smoke test finds its message in that queue, and leaves the other", async () => {
    const url = await serve();
    const { stdout } = await succeeded(workspace.tool("smoke", STACK, "--url", url, "--token", TOKEN));
    expect(stdout).toMatch(/ and deleted\. 1 looks at others' messages/);
  });

  /** What goes wrong before a page's blocks, what each prints, and what its reader does after the first. */
  const PAGES: Readonly<Record<string, Page>> = {
    Runbook: {
      prints: [/"auth-stack"|synth/, /^/],
      // moto runs no APIs.
      after: async () => leadTo(await serve()),
    },
    "First: does it work now?": { prints: [/ and deleted\.[^]*dead-letter queue/] },
    "Dead letters": {
      before: async () => send(`${queueUrl}-dlq`, "a dead letter"),
      prints: [/dead-letter queue[^]*a dead letter/, /nothing[^]*dead-letter queue +│[^│]*│ +0 │/i],
    },
    "Backlog grows": { prints: [/"ApproximateNumberOfMessagesNotVisible"[^]*backlog/i, /^/] },
    "5xx": {
      before: async () => {
        await awsClients(workspace.aws).sqs.send(new DeleteQueueCommand({ QueueUrl: queueUrl }));
      },
      prints: [/INTERNAL_ERROR[^]*\n500\n[^]*aws_sqs_queue[^]*will be created/, /Apply complete!/, /\n200\n/],
    },
    Throttled: {
      prints: [
        / 429\n[^]*"throttlingRateLimit": 2/,
        /Plan: 0 to add, 1 to change, 0 to destroy[^]*Apply complete!/,
      ],
      after: async () => {
        writeSettings({ [STACK]: limits(500) });
        await commitSettings();
      },
    },
    "KMS denied": {
      before: async () => {
        expect(await answerOfDeniedKey()).toEqual([500, expect.stringContaining('"INTERNAL_ERROR"')]);
        const create = "aws kms create-key --query KeyMetadata.KeyId --output text";
        await succeeded(shell.run(`export KEY=$(${create}); aws kms schedule-key-deletion --key-id $KEY`));
      },
      prints: [/alias\/aws\/sqs[^]*PendingDeletion\s+False[^]*kms:\*/, /Enabled\n$/],
    },
    "Authorizer down": {
      before: async () => {
        const broken = join(workspace.project.folder, "broken-authorizer.js");
        writeFileSync(broken, 'exports.handler = async () => { throw new Error("down"); };');
        await leadTo(await serve(broken));
        const { Policy } = (await callLambda(workspace.aws, "GET", "/functions/decide/policy")) as {
          Policy: string;
        };
        const { Statement } = JSON.parse(Policy) as { Statement: { Sid: string }[] };
        for (const { Sid } of Statement) {
          await callLambda(workspace.aws, "DELETE", `/functions/decide/policy/${Sid}`);
        }
      },
      prints: [
        /AUTHORIZER_CONFIGURATION_ERROR[^]*\n500\n[^]*Active[^]*no policy/,
        /apigateway\.amazonaws\.com/,
      ],
      after: async () => leadTo(await serve()),
    },
    Redeploy: { prints: [/^(\w+)\n[^]*Apply complete![^]*\n(?!\1\n)\w+\n$/] },
    Rollback: { prints: [/Plan: 0 to add, 1 to change, 0 to destroy[^]*Apply complete!/] },
    "Key rotation": {
      before: () => {
        writeSettings({ [STACK]: { ...limits(2), api_keys: ["shop-2"] } });
      },
      prints: [/Apply complete![^]*\n[2-9]\d\n$/, /True\n$/],
    },
    "Moving Regions": {
      prints: [/is another Region than the stack is deployed in[^]*refused/, /to add, 0 to change/],
    },
    "An apply that was killed": {
      before: async () => {
        await killedApply();
        const tags = { "queue-leveling:stack": STACK };
        await awsClients(workspace.aws).apiGateway.send(new CreateRestApiCommand({ name: "orders", tags }));
      },
      prints: [/unlocked[^]*# 1 in [^]*aws apigateway delete-rest-api --rest-api-id \w+/, /# Nothing in /],
      after: async (printed) => {
        const [removal = ""] = /^aws apigateway delete-rest-api .*$/m.exec(printed) ?? [];
        await succeeded(shell.run(removal));
      },
    },
    "Deleting with messages inside": { prints: [/"visible"/, /Destroy complete![^]*# Nothing in /] },
  };

  const headings = [...new Set(runbookBlocks().map(({ heading }) => heading))];

  test("each page of the runbook is run below", () => {
    expect(headings).toEqual(Object.keys(PAGES));
  });

  test.each(headings)("runbook: %s", async (heading) => {
    const { before, prints, after } = PAGES[heading] ?? { prints: [] };
    const blocks = runbookBlocks().filter((block) => block.heading === heading);
    expect(prints).toHaveLength(blocks.length);
    await before?.();
    for (const [index, { commands }] of blocks.entries()) {
      const { output } = await succeeded(shell.run(commands));
      expect(output).toMatch(prints[index] ?? /$^/);
      if (index === (heading === "Runbook" ? 1 : 0)) await after?.(output);
    }
  });

  async function send(QueueUrl: string, MessageBody: string): Promise<void> {
    await awsClients(workspace.aws).sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  }

  /** The local gateway in front of moto's queue. Returns the URL. */
  async function serve(authorizer = sampleAuthorizer, sqsEndpoint = workspace.aws.endpoint): Promise<string> {
    await gateway?.close();
    const stacks = [workspace.project.stackFolder(STACK)];
    gateway = await startGateway({ stacks, authorizer, sqsEndpoint });
    return gateway.stacks[0]?.url ?? "";
  }

  async function leadTo(url: string): Promise<void> {
    await succeeded(shell.run(`export API_URL=${url} TOKEN=${TOKEN}`));
  }

  /** What callers are told while SQS may not use the key. */
  async function answerOfDeniedKey(): Promise<[number, string]> {
    const sqs = new FakeSqs();
    const url = await serve(sampleAuthorizer, await sqs.start());
    sqs.answer = sqsError(
      "com.amazonaws.sqs#KmsAccessDenied",
      "It may not.",
      400,
      "KMS.AccessDeniedException;Sender",
    );
    const headers = { Authorization: TOKEN, "Content-Type": "application/json" };
    const answer = await fetch(url, { method: "POST", headers, body: "{}" });
    const text = await answer.text();
    await sqs.close();
    return [answer.status, text];
  }

  function writeSettings(context: object): void {
    const file = join(workspace.project.folder, "cdktf.json");
    const config = JSON.parse(readFileSync(file, "utf8")) as { context: object };
    writeFileSync(file, JSON.stringify({ ...config, context: { ...config.context, ...context } }));
  }

  async function commitSettings(): Promise<void> {
    const git = "git -c user.name=test -c user.email=test@example.com";
    await succeeded(shell.run(`git init -q . && git add cdktf.json && ${git} commit -qm settings`));
  }

  /** Leaves the state's lock. */
  async function killedApply(): Promise<void> {
    const apply = workspace.startTerraform(STACK, "apply", "-auto-approve", "-input=false");
    await until(async () => (await bucketKeys(workspace.aws, BUCKET)).some((key) => key.endsWith(".tflock")));
    apply.child.kill("SIGKILL");
    await apply.result;
  }
});

interface Page {
  readonly before?: () => unknown;
  /** By block. */
  readonly prints: readonly RegExp[];
  /** Between the first block and the next, with what it printed. */
  readonly after?: (printed: string) => unknown;
}

function limits(rate: number) {
  return { throttling_rate_limit: rate, throttling_burst_limit: rate };
}
