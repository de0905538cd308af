import type { IncomingMessage, ServerResponse } from "node:http";
import { FakeServer } from "./fake-server";

type Item = Record<string, { readonly S?: string; readonly N?: string }>;

interface Call {
  readonly Item?: Item;
  readonly Key?: Item;
  readonly UpdateExpression: string;
  readonly ExpressionAttributeNames: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues: Item;
}

/**
 * As much of DynamoDB as Powertools' idempotency calls, on real HTTP. Of the condition of a put it knows only whether the item is
 * there: no test waits until one expires.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html
 */
export class FakeDynamoDb extends FakeServer {
  public readonly items = new Map<string, Item>();

  protected override handle({ headers }: IncomingMessage, text: string, response: ServerResponse): void {
    const [, action = ""] = String(headers["x-amz-target"]).split(".");
    const { status, body } = this.answer(action, JSON.parse(text) as Call);
    response.writeHead(status, { "Content-Type": "application/x-amz-json-1.0" }).end(JSON.stringify(body));
  }

  private answer(action: string, call: Call) {
    const { Item: item = {}, Key: key = item } = call;
    const id = key.id?.S ?? "";
    const existing = this.items.get(id);
    if (action === "PutItem" && existing) {
      const type = "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException";
      return {
        status: 400,
        body: { __type: type, message: "The conditional request failed", Item: existing },
      };
    }
    if (action === "PutItem") this.items.set(id, item);
    else if (action === "UpdateItem") this.items.set(id, { ...existing, ...key, ...assigned(call) });
    else if (action === "DeleteItem") this.items.delete(id);
    else return { status: 400, body: { __type: "UnknownOperationException", message: action } };
    return { status: 200, body: {} };
  }
}

/** What `SET #a = :a, #b = :b` assigns. */
function assigned({ UpdateExpression, ...call }: Call): Item {
  const pairs = [...UpdateExpression.matchAll(/(#\w+) = (:\w+)/g)];
  return Object.fromEntries(
    pairs.map(([, name = "", value = ""]) => [
      call.ExpressionAttributeNames[name] ?? "",
      call.ExpressionAttributeValues[value] ?? {},
    ]),
  );
}
