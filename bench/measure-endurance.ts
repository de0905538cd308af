import { type GatewayServer, startGatewayServer } from "./bench-server";
import { runLoad } from "./measure-load";
import type { Usage } from "./measured-process";

/** The gateway's memory once some of the requests are answered, in MiB. */
export interface MemoryMark {
  readonly requests: number;
  readonly rss: number;
  /** What is still held right after a garbage collection. */
  readonly heap: number;
}

/** Many requests in a row to one gateway. */
export interface Endurance {
  readonly marks: readonly MemoryMark[];
  /** In the queue at the end. */
  readonly messages: number;
}

/** Sends `requests` to a stack's gateway and looks at its memory at the start and after each quarter. */
export async function measureEndurance(
  stack: string,
  requests: number,
  connections: number,
): Promise<Endurance> {
  const server = await startGatewayServer(stack);
  try {
    const quarter = Math.round(requests / 4);
    const marks = [mark(0, await server.process.usage({ collect: true }))];
    for (let part = 1; part <= 4; part += 1) {
      await runLoad({ url: server.url, headers: server.headers, connections, amount: quarter });
      marks.push(mark(part * quarter, await server.process.usage({ collect: true })));
    }
    return { marks, messages: await countMessages(server) };
  } finally {
    await server.stop();
  }
}

function mark(requests: number, { rss, heapUsed }: Usage): MemoryMark {
  return { requests, rss: rss / 2 ** 20, heap: heapUsed / 2 ** 20 };
}

async function countMessages({ sqsEndpoint, queueUrl }: GatewayServer): Promise<number> {
  const response = await fetch(sqsEndpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "AmazonSQS.GetQueueAttributes",
    },
    body: JSON.stringify({ QueueUrl: queueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }),
  });
  const { Attributes } = (await response.json()) as { Attributes: { ApproximateNumberOfMessages: string } };
  return Number(Attributes.ApproximateNumberOfMessages);
}
