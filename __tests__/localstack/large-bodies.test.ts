import { createHash, randomBytes } from "node:crypto";
import { GetObjectCommand, HeadObjectCommand } from "@aws-sdk/client-s3";
import { DeleteMessageCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { type LargeBodyPointer, pointersIn } from "../../lambda/consumer/pointers";
import { awsClients } from "../support/deploy/aws-clients";
import { deployContext } from "../support/deploy/deploy-context";
import { DeployWorkspace } from "../support/deploy/deploy-workspace";
import { describeWith } from "../support/deploy/describe-deploy";
import { startLocalStack } from "../support/deploy/localstack-server";
import { succeeded } from "../support/deploy/succeeded";
import { until } from "../support/deploy/until";

/** API Gateway's limit. */
const LARGEST = 10_485_760;

const STACK = "no-auth-stack";

describeWith(["terraform", "localstack"], "large bodies on LocalStack", () => {
  let workspace: DeployWorkspace;
  let bucket = "";
  let queueUrl = "";
  let url = "";

  beforeAll(async () => {
    workspace = await DeployWorkspace.create(
      deployContext({
        [STACK]: {
          storage_sqs_queue_name: "large-orders",
          encryption: "sqs-managed",
          large_bodies: true,
          forward_headers: ["X-Tenant"],
        },
      }),
      startLocalStack,
    );
    await workspace.synth();
    await succeeded(workspace.terraform(STACK, "init", "-input=false"));
    await succeeded(workspace.terraform(STACK, "apply", "-auto-approve", "-input=false"));
    const { stdout } = await succeeded(workspace.terraform(STACK, "output", "-json"));
    const outputs = JSON.parse(stdout) as Readonly<Record<string, { readonly value: string }>>;
    bucket = outputs.large_bodies_bucket?.value ?? "";
    queueUrl = outputs.queue_url?.value ?? "";
    url = `${workspace.aws.endpoint}/_aws/execute-api/${outputs.rest_api_id?.value ?? ""}/prod/sqs/large`;
  });

  afterAll(() => workspace.close());

  test("10,485,760 bytes are in S3 unchanged, and the queue has the pointer", async () => {
    const body = randomBytes(LARGEST);
    const { status, answer } = await post(body, { "X-Tenant": "shop" });
    expect({ status, answer }).toEqual({
      status: 202,
      answer: { key: expect.any(String) as string, requestId: expect.any(String) as string },
    });
    const pointer = await nextPointer();
    expect(pointer).toMatchObject({ bucket, key: answer.key, size: LARGEST });
    expect(sha256(await stored(pointer.key))).toBe(sha256(body));
    const { s3 } = awsClients(workspace.aws);
    const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: pointer.key }));
    expect(head).toMatchObject({
      ContentType: "application/octet-stream",
      Metadata: { "x-tenant": "shop", requestid: answer.requestId },
    });
  });

  test("text of a type that is not binary is unchanged, too", async () => {
    const body = Buffer.from('{"text":"\u00e4\u20ac\u{1f600} & + % \r\n\t"}');
    const { status } = await post(body, { "Content-Type": "application/json" });
    expect(status).toBe(202);
    expect(await stored((await nextPointer()).key)).toEqual(body);
  });

  test("bytes that API Gateway changes are refused, and nothing is stored", async () => {
    const { status, answer } = await post(Buffer.from([0xff, 0xfe]), { "Content-Type": "text/plain" });
    expect({ status, code: answer.code }).toEqual({ status: 400, code: "CHECKSUM_MISMATCH" });
  });

  test("a body with another checksum is refused", async () => {
    const { status, answer } = await post(Buffer.from("body"), { "x-amz-checksum-sha256": sha256("other") });
    expect({ status, code: answer.code }).toEqual({ status: 400, code: "CHECKSUM_MISMATCH" });
  });

  test("what is no checksum is refused", async () => {
    const { status, answer } = await post(Buffer.from("body"), { "x-amz-checksum-sha256": "none" });
    expect({ status, code: answer.code }).toEqual({ status: 400, code: "INVALID_CHECKSUM" });
  });

  test("a body without a checksum is refused", async () => {
    const { status } = await fetch(url, { method: "POST", body: "body" });
    expect(status).toBe(400);
  });

  async function post(body: Buffer, headers: Readonly<Record<string, string>>) {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "Content-Type": "application/octet-stream",
        "x-amz-checksum-sha256": sha256(body),
        ...headers,
      },
      body: new Uint8Array(body),
    });
    return { status: response.status, answer: (await response.json()) as Readonly<Record<string, string>> };
  }

  async function stored(Key: string): Promise<Buffer> {
    const { s3 } = awsClients(workspace.aws);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  }

  /** The next pointer in the queue; S3's test message is passed over. */
  async function nextPointer(): Promise<LargeBodyPointer> {
    const { sqs } = awsClients(workspace.aws);
    let found: LargeBodyPointer | undefined;
    await until(async () => {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 1, WaitTimeSeconds: 1 }),
      );
      for (const { Body = "", ReceiptHandle } of Messages) {
        await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
        [found] = pointersIn(Body, bucket) ?? [];
      }
      return found !== undefined;
    });
    if (found === undefined) throw new Error("no pointer");
    return found;
  }
});

function sha256(data: Buffer | string): string {
  return createHash("sha256").update(data).digest("base64");
}
