import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";

/** What goes wrong with a message, and whether SQS gets it. */
export type Fault =
  | { readonly kind: "none" }
  /** The connection is reset. */
  | { readonly kind: "reset"; readonly stored: boolean }
  /** SQS's answer comes late. */
  | { readonly kind: "delay"; readonly stored: boolean; readonly ms: number }
  /** The answer has this status in the place of SQS's; as SQS words an error, or as a proxy does. */
  | { readonly kind: "status"; readonly stored: boolean; readonly status: number; readonly code?: string }
  /** The answer ends in the middle: short of its length, or as if that were all. */
  | { readonly kind: "truncated"; readonly stored: boolean; readonly declared: boolean };

/**
 * A proxy between the gateway and an SQS endpoint. The fault of a message stands in its body, `{"fault": …}`; other calls
 * pass.
 */
export class FaultySqs {
  private readonly server: Server = createServer((incoming, outgoing) => {
    this.handle(incoming, outgoing).catch(() => outgoing.destroy());
  });
  private port = 0;

  constructor(private readonly endpoint: string) {}

  /** Listens, on the same port as before where it did before. */
  public async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(this.port, "127.0.0.1", resolve));
    this.port = (this.server.address() as AddressInfo).port;
    return `http://127.0.0.1:${this.port}`;
  }

  /** From here on connections are refused. */
  public async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await readAll(incoming);
    const fault = faultOf(body);
    const isStored = fault.kind === "none" || fault.stored;
    const answer = isStored
      ? await this.forward(incoming, body)
      : { status: 200, body: Buffer.from(madeUp(body)) };
    await strike(fault, outgoing, answer);
  }

  private forward({ headers, url = "/" }: IncomingMessage, body: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const call = request(this.endpoint + url, { method: "POST", headers }, (response) => {
        readAll(response).then((read) => {
          resolve({ status: response.statusCode ?? 0, body: read });
        }, reject);
      });
      call.on("error", reject);
      call.end(body);
    });
  }
}

interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

async function strike(fault: Fault, outgoing: ServerResponse, answer: Answer): Promise<void> {
  if (fault.kind === "reset") outgoing.socket?.resetAndDestroy();
  else if (fault.kind === "status") send(outgoing, fault.status, errorBody(fault.code));
  else if (fault.kind === "truncated") cutOff(outgoing, answer, fault.declared);
  else {
    if (fault.kind === "delay") await setTimeout(fault.ms, undefined, { ref: false });
    send(outgoing, answer.status, answer.body);
  }
}

function errorBody(code: string | undefined): Buffer {
  const error = { __type: `com.amazonaws.sqs#${code ?? ""}`, message: "It failed." };
  return Buffer.from(code === undefined ? "<html/>" : JSON.stringify(error));
}

function cutOff(outgoing: ServerResponse, { status, body }: Answer, declared: boolean): void {
  const half = body.subarray(0, body.length / 2);
  if (!declared) {
    send(outgoing, status, half);
    return;
  }
  outgoing.writeHead(status, { ...TYPE, "Content-Length": body.length });
  outgoing.write(half, () => outgoing.destroy());
}

const TYPE = { "Content-Type": "application/x-amz-json-1.0" };

function send(outgoing: ServerResponse, status: number, body: Buffer): void {
  outgoing.writeHead(status, TYPE);
  outgoing.end(body);
}

function faultOf(body: Buffer): Fault {
  const { MessageBody = "{}" } = JSON.parse(body.toString()) as { MessageBody?: string };
  return (JSON.parse(MessageBody) as { fault?: Fault }).fault ?? { kind: "none" };
}

/** What SQS might say to a message that it never had, but for the digest. */
function madeUp(body: Buffer): string {
  return JSON.stringify({ MessageId: `made-up-${body.length}`, MD5OfMessageBody: "0".repeat(32) });
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
