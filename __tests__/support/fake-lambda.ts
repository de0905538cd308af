import { once } from "node:events";
import { type Server, createServer } from "node:http";
import { text } from "node:stream/consumers";

/** What a fake Lambda answers. */
export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** Text, or what is written as JSON. */
  readonly payload?: unknown;
  /** Milliseconds until then. @default 0 */
  readonly after?: number;
}

/** An endpoint of Lambda's Invoke API that answers what a test says. */
export class FakeLambda {
  public readonly calls: { path: string | undefined; invocationType: unknown; event: unknown }[] = [];
  public answer: FakeAnswer = {};

  private constructor(
    private readonly server: Server,
    public readonly endpoint: string,
  ) {}

  public static async start(): Promise<FakeLambda> {
    const own: { lambda?: FakeLambda } = {};
    const server = createServer((request, response) => {
      void text(request).then((body) => {
        const { status = 200, headers = {}, payload, after = 0 } = own.lambda?.answer ?? {};
        const invocationType = request.headers["x-amz-invocation-type"];
        own.lambda?.calls.push({ path: request.url, invocationType, event: JSON.parse(body) });
        setTimeout(() => {
          response
            .writeHead(status, headers)
            .end(typeof payload === "string" ? payload : JSON.stringify(payload));
        }, after);
      });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    return (own.lambda = new FakeLambda(server, `http://127.0.0.1:${port}`));
  }

  public close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
