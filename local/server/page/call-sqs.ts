import { type JsonObject, asObject } from "../../sqs/json-values";
import type { SqsClient } from "../../sqs/sqs-client";
import type { PageQueue } from "./page-queue";

/**
 * Calls an action on a queue in the AWS JSON protocol.
 * @throws SqsRefusal with SQS's own words; errors of the client where there is no answer.
 */
export type CallSqs = (action: string, queue: PageQueue, input?: object) => Promise<JsonObject>;

/** SQS answered, and the answer is an error. */
export class SqsRefusal extends Error {
  public override readonly name = "SqsRefusal";
}

/** The page acts for the person before it, not for the API: no role is asked. */
export function sqsCaller(client: SqsClient, region: string): CallSqs {
  return async (action, { name, url }, input = {}) => {
    const { status, body } = await client.send({
      region,
      headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": `AmazonSQS.${action}` },
      body: JSON.stringify({ ...input, QueueUrl: url }),
      authorize: () => true,
      timeoutMs: 10_000,
    });
    const answer = asObject(body === "" ? {} : JSON.parse(body));
    if (status === 200) return answer;
    const { __type: type, message } = answer;
    if (typeof type === "string" && type.endsWith("QueueDoesNotExist")) {
      throw new SqsRefusal(`SQS has no queue ${name}.`);
    }
    throw new SqsRefusal(`${action}: ${typeof message === "string" ? message : `SQS answered ${status}.`}`);
  };
}
