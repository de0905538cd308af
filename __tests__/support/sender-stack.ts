import { SENDERS } from "../../webhooks/senders";
import { LocalStack } from "./local-stack";
import { type LoadAnswer, type LoadRequest, sendAll } from "./send-all";

export const VERIFY_TOKEN = "meatyhamhock-1/2+3=and-more";

/** What a sender sends to its path. */
export interface SenderRequest extends Partial<LoadRequest> {
  /** Behind the question mark, as it stands there. */
  readonly query?: string;
}

/** `no-auth-stack` with senders at paths of their own, served on this machine. */
export class SenderStack {
  private constructor(public readonly local: LocalStack) {}

  /** @param webhook the setting @default every sender at a path of its name */
  public static async start(
    webhook: readonly unknown[] = Object.keys(SENDERS),
    options: { readonly sqsEndpoint?: string; readonly settings?: object } = {},
  ): Promise<SenderStack> {
    process.env.TF_VAR_webhook_verify_token = VERIFY_TOKEN;
    const { settings, ...others } = options;
    return new SenderStack(await LocalStack.start({}, { noAuth: { webhook, ...settings }, ...others }));
  }

  /** The answer to one request. */
  public async send(path: string, request: SenderRequest = {}): Promise<LoadAnswer> {
    const [answer] = await this.sendAll([[path, request]], 1);
    if (answer === undefined) throw new Error("no answer");
    return answer;
  }

  /** Answers in the order of the requests, each with the path that it goes to. */
  public sendAll(
    requests: readonly (readonly [path: string, request: SenderRequest])[],
    connections?: number,
  ): Promise<LoadAnswer[]> {
    return sendAll(
      this.url,
      requests.map(([path, { query, headers = {}, body = "", ...request }]) => ({
        ...request,
        headers,
        body,
        path: `/${path}${query === undefined ? "" : `?${query}`}`,
      })),
      connections,
    );
  }

  public async close(): Promise<void> {
    await this.local.close();
    delete process.env.TF_VAR_webhook_verify_token;
  }

  /** Of the stage: what the paths of the senders follow. */
  private get url(): string {
    return this.local.served("no-auth-stack").url.replace(/\/sqs$/, "");
  }
}

/** Headers that are others in each answer, or HTTP's own. */
const UNSTEADY: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "date",
  "keep-alive",
  "x-amz-apigw-id",
  "x-amzn-requestid",
  "x-amzn-trace-id",
]);

/** The headers of an answer that the JSON decides. */
export function steadyHeaders({ headers }: LoadAnswer): Record<string, unknown> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !UNSTEADY.has(name)));
}
