import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { context } from "../../examples/webhook-consumer/cdktf.json";
import { type RunningGateway, startGateway } from "../../local/server/start-gateway";
import { SynthesizedProject } from "../support/synthesized-project";

const CONSUMER = require.resolve("../../examples/webhook-consumer/consumer.ts");
const REGISTER = require.resolve("../../bin/register");
const areLibrariesThere = existsSync(
  require.resolve("../../webhooks/package.json").replace("package.json", "node_modules"),
);
const describeConsumer = areLibrariesThere ? describe : describe.skip;
const SECRET = "It's a Secret to Everybody";
/** What a parser would write otherwise, or a form would take apart. */
const BODY = '{"repository":  {"full_name": "ann\\u002fshop"}, "note": "1 + 1 & 2 = 4 %26 🎉", "n": 1.0}\n';

let project: SynthesizedProject;
let gateway: RunningGateway;
let consumer: ChildProcessByStdio<null, Readable, null>;
let lines: AsyncIterator<string, undefined>;

describeConsumer(
  `the example${areLibrariesThere ? "" : " (skipped: npm ci --prefix webhooks installs GitHub's library)"}`,
  () => {
    beforeAll(async () => {
      project = new SynthesizedProject(context);
      gateway = await startGateway({ stacks: [project.stack("no-auth-stack")] });
      consumer = spawn(process.execPath, ["-r", REGISTER, CONSUMER], {
        env: {
          ...process.env,
          QUEUE_URL: gateway.stacks[0]?.queueUrl,
          WEBHOOK_SECRET: SECRET,
          AWS_REGION: "eu-central-1",
          AWS_ENDPOINT_URL_SQS: gateway.sqsEndpoint,
          AWS_ACCESS_KEY_ID: "local",
          AWS_SECRET_ACCESS_KEY: "local",
        },
        stdio: ["ignore", "pipe", "inherit"],
      });
      lines = createInterface(consumer.stdout)[Symbol.asyncIterator]();
    });

    afterAll(async () => {
      consumer.kill();
      await gateway.close();
      project.remove();
    });

    test("the consumer takes a webhook with GitHub's signature, and refuses a forged one", async () => {
      await deliver("d-1", signature(BODY, SECRET));
      expect(await nextLine()).toBe("accepted d-1: push of ann/shop");
      const refused = [signature(BODY, "another secret"), signature(BODY.trim(), SECRET), "sha256="];
      for (const [index, wrong] of refused.entries()) {
        await deliver(`f-${index}`, wrong);
        expect(await nextLine()).toBe(
          `refused f-${index}: github: the message's signature is not the sender's. It is forged, or the secret is another one.`,
        );
      }
      await deliver("d-1", signature(BODY, SECRET));
      expect(await nextLine()).toBe("repeated d-1: it is done");
      await deliver("d-5", signature(BODY, SECRET));
      expect(await nextLine()).toBe("accepted d-5: push of ann/shop");
    });

    test("a webhook without a signature is refused by the API", async () => {
      const response = await post({ "X-GitHub-Event": "push", "X-GitHub-Delivery": "d-6" });
      expect(response.status).toBe(400);
    });
  },
);

async function deliver(delivery: string, signed: string): Promise<void> {
  const response = await post({
    "X-GitHub-Event": "push",
    "X-GitHub-Delivery": delivery,
    "X-Hub-Signature-256": signed,
  });
  expect(response.status).toBe(200);
}

function post(headers: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(gateway.stacks[0]?.url ?? "", {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: BODY,
  });
}

function signature(body: string, secret: string): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

async function nextLine(): Promise<string | undefined> {
  const line = await lines.next();
  return line.value;
}
