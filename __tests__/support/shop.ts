import http from "node:http";
import { sampleAuthorizer } from "../../local/server/sample-authorizer";
import { type GatewayOptions, type RunningGateway, startGateway } from "../../local/server/start-gateway";
import { writeShopStack } from "./shop-stack";

/** An answer, read. */
export interface PageAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** The token that the shop's authorizer accepts. */
export const TOKEN = "s3cret-t0ken";

/** A gateway with the page, before a shop's stack. */
export class Shop {
  private constructor(
    public readonly gateway: RunningGateway,
    private readonly remove: () => void,
  ) {}

  public static async start(options: Partial<GatewayOptions> = {}): Promise<Shop> {
    process.env.AUTHORIZER_TOKEN = TOKEN;
    const { folder, remove } = writeShopStack();
    const gateway = await startGateway({
      stacks: [folder],
      authorizer: sampleAuthorizer,
      page: true,
      ...options,
    });
    return new Shop(gateway, remove);
  }

  public get origin(): string {
    return new URL(this.gateway.stacks[0]?.url ?? "").origin;
  }

  public async close(): Promise<void> {
    await this.gateway.close();
    this.remove();
  }

  public post(name: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.origin}/shop/v1/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body,
    });
  }

  /** With any header, `Host` and `Origin` too, which fetch() does not let through. */
  public ask(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body = "",
  ): Promise<PageAnswer> {
    return new Promise((resolve, reject) => {
      const request = http.request(`${this.origin}${path}`, { method, headers, agent: false }, (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => (text += chunk.toString()));
        response.on("end", () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
        });
      });
      request.on("error", reject).end(body);
    });
  }

  /** As the page's own script asks. */
  public change(path: string, body = ""): Promise<PageAnswer> {
    return this.ask("POST", path, { "X-Queue-Leveling-Page": "1", Origin: this.origin }, body);
  }

  /** Calls SQS as a consumer does. */
  public async sqs(action: string, queue: string, input: object = {}): Promise<Record<string, unknown>> {
    const response = await fetch(this.gateway.sqsEndpoint, {
      method: "POST",
      headers: { "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": `AmazonSQS.${action}` },
      body: JSON.stringify({ QueueUrl: `${this.gateway.sqsEndpoint}/000000000000/${queue}`, ...input }),
    });
    return (await response.json()) as Record<string, unknown>;
  }
}
