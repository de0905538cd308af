import {
  DeleteMessageCommand,
  type Message,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { type RunningGateway, startGateway } from "../../local/start-gateway";
import { SynthesizedProject } from "./synthesized-project";

const AUTHORIZER = require.resolve("../../lambda/token-authorizer/index.js");

type Body = string | Uint8Array<ArrayBuffer>;

interface PostOptions {
  readonly headers?: Record<string, string>;
  /** Goes behind the URL: more path, or a query. */
  readonly path?: string;
}

/** Both stacks, synthesized from `params` and served on this machine, for tests that send real requests. */
export class LocalStack {
  private constructor(
    private readonly project: SynthesizedProject,
    private readonly gateway: RunningGateway,
    private readonly client: SQSClient,
  ) {}

  public static async start(
    params: object = {},
    options: { sqsEndpoint?: string } = {},
  ): Promise<LocalStack> {
    process.env.AUTHORIZER_TOKEN = "testtoken";
    const project = new SynthesizedProject({
      params: {
        aws_region_name: "eu-central-1",
        storage_sqs_queue_name: "auth",
        authorizer_lambda_arn: "arn:aws:lambda:eu-central-1:123456789012:function:token-authorizer",
        ...params,
      },
      "no-auth-stack": { storage_sqs_queue_name: "open" },
    });
    const gateway = await startGateway({
      stacks: [project.stack("auth-stack"), project.stack("no-auth-stack")],
      authorizer: AUTHORIZER,
      ...options,
    });
    const client = new SQSClient({
      endpoint: gateway.sqsEndpoint,
      region: "eu-central-1",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    });
    return new LocalStack(project, gateway, client);
  }

  /** POSTs to `no-auth-stack`, or to another stack or path below it. */
  public async post(
    body: Body,
    { headers, path = "" }: PostOptions = {},
    stack = "no-auth-stack",
  ): Promise<Response> {
    return fetch(`${this.served(stack).url}${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body,
    });
  }

  /** Takes one message from the queue; undefined where there is none. */
  public async receive(stack = "no-auth-stack"): Promise<Message | undefined> {
    const QueueUrl = this.served(stack).queueUrl;
    const { Messages } = await this.client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MessageAttributeNames: ["All"],
        MessageSystemAttributeNames: ["All"],
      }),
    );
    const message = Messages?.[0];
    if (message)
      await this.client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
    return message;
  }

  public async purge(stack = "no-auth-stack"): Promise<void> {
    await this.client.send(new PurgeQueueCommand({ QueueUrl: this.served(stack).queueUrl }));
  }

  public async close(): Promise<void> {
    this.client.destroy();
    await this.gateway.close();
    this.project.remove();
  }

  public served(stack: string) {
    const served = this.gateway.stacks.find((candidate) => candidate.stack === stack);
    if (!served) throw new Error(`no stack ${stack}`);
    return served;
  }
}
