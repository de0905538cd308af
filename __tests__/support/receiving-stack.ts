import { LocalStack } from "./local-stack";

/** A message as it is answered. */
export interface Received {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<Record<string, object>>;
}

/** What a call is answered. */
export interface ReceiveAnswer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly messages?: readonly Received[];
  readonly requestId?: string;
  readonly code?: string;
  readonly message?: string;
}

/** `auth-stack`, from which consumers receive by HTTP, served on this machine. */
export class ReceivingStack {
  private constructor(public readonly local: LocalStack) {}

  public static async start(
    auth: object,
    options: Parameters<typeof LocalStack.start>[1] = {},
  ): Promise<ReceivingStack> {
    return new ReceivingStack(await LocalStack.start({}, { ...options, auth: { receive: true, ...auth } }));
  }

  /** Sends a request to `/sqs`, or to a path or query behind it. A body is sent as JSON. */
  public async call(method: string, path = "", body?: string, headers: object = {}): Promise<ReceiveAnswer> {
    const response = await fetch(`${this.local.served("auth-stack").url}${path}`, {
      method,
      headers: {
        Authorization: "testtoken",
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
    const answer = (await response.json()) as Omit<ReceiveAnswer, "status" | "retryAfter">;
    return { status: response.status, retryAfter: response.headers.get("Retry-After"), ...answer };
  }

  /** Sends a message, and fails unless it is accepted. */
  public async send(body: string, headers: Record<string, string> = {}): Promise<void> {
    const given = { headers: { Authorization: "testtoken", ...headers } };
    const { status } = await this.local.post(body, given, "auth-stack");
    if (status !== 200) throw new Error(`not accepted: ${status}`);
  }

  /** Receives one message, and fails where there is none. */
  public async receiveOne(query = ""): Promise<Received> {
    const { messages: [message] = [] } = await this.call("GET", query);
    if (message === undefined) throw new Error("no message");
    return message;
  }
}
