import { isAwsEndpoint } from "../../aws/aws-signer";
import { type JsonObject, asObject } from "../sqs/json-values";
import { deadLetterQueuesFirst, supportedAttributes } from "../sqs/sqs-emulator";
import { SqsEndpoint } from "../sqs/sqs-endpoint";
import { SqsConnectionError, SqsError } from "../sqs/sqs-error";
import { notThere } from "./endpoint-mistakes";
import type { ServedQueue } from "./served-queues";
import { UserError } from "./user-error";

/** Milliseconds that an endpoint has to answer at start. */
const ANSWER_TIME = 5000;

/** The queues behind an SQS endpoint that runs elsewhere. */
export class EndpointQueues {
  private readonly sqs: SqsEndpoint;
  /** By name, as the endpoint tells them. */
  private readonly urls = new Map<string, string>();

  constructor(
    private readonly endpoint: string,
    region: string,
  ) {
    this.sqs = new SqsEndpoint({ endpoint, region });
  }

  public urlOf({ name, url }: ServedQueue): string {
    if (isAwsEndpoint(this.endpoint)) return url;
    return this.urls.get(name) ?? new URL(new URL(url).pathname, this.endpoint).href;
  }

  /** @throws UserError where the endpoint is not SQS, or lacks one of them */
  public async require(queues: readonly ServedQueue[]): Promise<void> {
    const missing = await this.missing(queues);
    if (missing.length > 0) throw noQueues(this.endpoint, missing);
  }

  /** @throws UserError where the endpoint is not SQS */
  public async createMissing(queues: readonly ServedQueue[]): Promise<void> {
    for (const queue of await this.missing(deadLetterQueuesFirst(queues))) await this.create(queue);
  }

  public async close(): Promise<void> {
    await this.sqs.close();
  }

  private async missing(queues: readonly ServedQueue[]): Promise<ServedQueue[]> {
    const missing: ServedQueue[] = [];
    for (const queue of queues) if (!(await this.has(queue))) missing.push(queue);
    return missing;
  }

  /** One that we may not ask about is taken to be there. */
  private async has({ name, url }: ServedQueue): Promise<boolean> {
    const owner = /^\/(\d+)\//.exec(new URL(url).pathname)?.[1];
    const onAws = isAwsEndpoint(this.endpoint) && owner !== undefined;
    try {
      const { QueueUrl } = await this.call("GetQueueUrl", {
        QueueName: name,
        ...(onAws && { QueueOwnerAWSAccountId: owner }),
      });
      if (typeof QueueUrl !== "string") throw new SqsConnectionError("its answer has no queue URL");
      this.urls.set(name, QueueUrl);
      return true;
    } catch (error) {
      if (error instanceof SqsError && error.code.startsWith("AccessDenied")) return true;
      if (error instanceof SqsError && error.code.endsWith("NonExistentQueue")) return false;
      throw noSqs(this.endpoint, error as Error);
    }
  }

  private async create(queue: ServedQueue): Promise<void> {
    try {
      const { QueueUrl } = await this.call("CreateQueue", {
        QueueName: queue.name,
        Attributes: await this.attributesOf(queue),
      });
      this.urls.set(queue.name, String(QueueUrl));
    } catch (error) {
      throw noSqs(this.endpoint, error as Error);
    }
  }

  /** Those that change what a queue does; accounts and keys of the stack are not the endpoint's. */
  private async attributesOf({ attributes }: ServedQueue): Promise<Record<string, string>> {
    const chosen = supportedAttributes(attributes);
    if (chosen.RedrivePolicy === undefined) return chosen;
    const policy = asObject(JSON.parse(chosen.RedrivePolicy));
    const name = String(policy.deadLetterTargetArn).replace(/^.*:/, "");
    const { Attributes } = await this.call("GetQueueAttributes", {
      QueueUrl: this.urls.get(name) ?? name,
      AttributeNames: ["QueueArn"],
    });
    const deadLetterTargetArn = asObject(Attributes).QueueArn;
    return { ...chosen, RedrivePolicy: JSON.stringify({ ...policy, deadLetterTargetArn }) };
  }

  private call(action: string, input: object): Promise<JsonObject> {
    return this.sqs.call(action, input, ANSWER_TIME);
  }
}

function noQueues(endpoint: string, missing: readonly ServedQueue[]): UserError {
  const names = missing.map(({ name }) => name);
  const allowed = "an endpoint that has every queue that the stacks send to";
  return notThere("sqsEndpoint", { names, endpoint, isAws: isAwsEndpoint(endpoint), allowed });
}

function noSqs(endpoint: string, error: Error): UserError {
  return new UserError(
    (option) => ({
      where: option("sqsEndpoint"),
      wrong: `${isUnreachable(error) ? "nothing answers" : "what answers is not a working SQS"} (${reasonOf(error)})`,
      got: endpoint,
      allowed: "SQS, or an emulator that speaks its AWS JSON protocol, is allowed",
      mend: `Start it, or correct the address, http or https; leave ${option("sqsEndpoint")} out to use the emulator.`,
    }),
    { cause: error },
  );
}

function isUnreachable(error: Error): boolean {
  return /CONN|ENOTFOUND|EAI_AGAIN|UNREACH|TIMEDOUT/.test(codeOf(error)) || error.name === "SqsTimeoutError";
}

/** Errors of TLS tell places in OpenSSL's sources, and an error for several addresses has no words at all. */
function reasonOf(error: Error): string {
  if (error instanceof SqsError) return `${error.code}: ${error.message}`;
  const code = codeOf(error);
  if (/^ERR_SSL|^EPROTO/.test(code)) return "it does not speak https";
  if (/^UND_ERR_SOCKET|ECONNRESET/.test(code) || causeOf(error).name === "HTTPParserError") {
    return "it does not speak http";
  }
  const message = code === "" ? error.message : (causeOf(error).message ?? "");
  return message === "" ? code : message.replace(/\.$/, "");
}

function codeOf(error: Error): string {
  return causeOf(error).code ?? "";
}

/** What the system said. */
function causeOf({ cause }: Error): Partial<NodeJS.ErrnoException> {
  return cause ?? {};
}
