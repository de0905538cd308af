import {
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import type { RequestTrace } from "../../local/apigateway/request-trace";
import { type RunningGateway, startGateway } from "../../local/server/start-gateway";
import { type StackName, SynthesizedProject } from "./synthesized-project";

const AUTHORIZER = require.resolve("../../lambda/token-authorizer/index.js");

type Body = string | Uint8Array<ArrayBuffer>;

interface PostOptions {
  readonly headers?: Record<string, string>;
  /** Goes behind the URL: more path, or a query. */
  readonly path?: string;
  /** @default "POST" */
  readonly method?: string;
}

interface LocalStackOptions {
  /** Settings of `auth-stack` alone. */
  readonly auth?: object;
  /** Settings of `no-auth-stack` alone. */
  readonly noAuth?: object;
  /** @default an emulator of its own */
  readonly sqsEndpoint?: string;
  /** Module that exports the authorizer's handler. */
  readonly authorizer?: string;
  /** Module that exports the consumer's handler. @default none */
  readonly consumer?: string;
  readonly onTrace?: (trace: RequestTrace) => void;
  readonly accessLog?: (line: string) => void;
  /** Changes the synthesized JSON of a stack before it is served. */
  readonly edit?: (document: never) => void;
}

/** Both stacks, synthesized from `params` and served on this machine, for tests that send real requests. */
export class LocalStack {
  private constructor(
    private readonly project: SynthesizedProject,
    private readonly gateway: RunningGateway,
    private readonly client: SQSClient,
  ) {}

  public static async start(params: object = {}, options: LocalStackOptions = {}): Promise<LocalStack> {
    process.env.AUTHORIZER_TOKEN = "testtoken";
    const { auth, noAuth, edit, authorizer = AUTHORIZER, ...others } = options;
    const project = new SynthesizedProject({
      params: {
        aws_region_name: "eu-central-1",
        storage_sqs_queue_name: "auth",
        authorizer_lambda_arn: "arn:aws:lambda:eu-central-1:123456789012:function:token-authorizer",
        ...params,
      },
      "auth-stack": { ...auth },
      // Tests send more, and faster, than the open stack takes by default.
      "no-auth-stack": { storage_sqs_queue_name: "open", throttling_rate_limit: -1, ...noAuth },
    });
    if (edit) for (const name of ["auth-stack", "no-auth-stack"] as const) project.edit(name, edit);
    const gateway = await startGateway({
      stacks: [project.stack("auth-stack"), project.stack("no-auth-stack")],
      authorizer,
      ...others,
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
    { headers, path = "", method = "POST" }: PostOptions = {},
    stack: StackName = "no-auth-stack",
  ): Promise<Response> {
    return fetch(`${this.served(stack).url}${path}`, {
      method,
      headers: { "Content-Type": "application/json", ...headers },
      body,
    });
  }

  /** Takes one message from the queue; undefined where there is none. */
  public async receive(stack: StackName = "no-auth-stack"): Promise<Message | undefined> {
    const QueueUrl = this.served(stack).queueUrl;
    const [message] = await this.peekAtMost(1, QueueUrl);
    if (message) {
      await this.client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
    }
    return message;
  }

  /** Takes every message from the queue. */
  public async receiveAll(stack: StackName = "no-auth-stack"): Promise<Message[]> {
    const QueueUrl = this.served(stack).queueUrl;
    const all: Message[] = [];
    for (;;) {
      const messages = await this.peekAtMost(10, QueueUrl);
      if (messages.length === 0) return all;
      all.push(...messages);
      const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await this.client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    }
  }

  /** Receives messages of any queue by its URL, without deleting them. */
  public async peekAtMost(MaxNumberOfMessages: number, QueueUrl: string): Promise<Message[]> {
    const { Messages = [] } = await this.client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages,
        MessageAttributeNames: ["All"],
        MessageSystemAttributeNames: ["All"],
      }),
    );
    return Messages;
  }

  /** Messages of the queue, whether they can be received or not. */
  public async depth(stack: StackName = "no-auth-stack"): Promise<number> {
    const { Attributes = {} } = await this.client.send(
      new GetQueueAttributesCommand({ QueueUrl: this.served(stack).queueUrl, AttributeNames: ["All"] }),
    );
    const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } = Attributes;
    return Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesNotVisible);
  }

  public async purge(stack: StackName = "no-auth-stack"): Promise<void> {
    await this.client.send(new PurgeQueueCommand({ QueueUrl: this.served(stack).queueUrl }));
  }

  public async close(): Promise<void> {
    this.client.destroy();
    await this.gateway.close();
    this.project.remove();
  }

  public served(stack: StackName) {
    const served = this.gateway.stacks.find((candidate) => candidate.stack === stack);
    if (!served) throw new Error(`no stack ${stack}`);
    return served;
  }
}

/** The message attributes of type String, by name. */
export function attributesOf(message: Message | undefined): Record<string, string | undefined> {
  const attributes = Object.entries(message?.MessageAttributes ?? {});
  return Object.fromEntries(attributes.map(([name, { StringValue }]) => [name, StringValue]));
}
