import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";

/**
 * A table in the shape that Powertools' idempotency expects. It holds hashes of keys and bodies, no message, and DynamoDB encrypts it with a
 * key of its own, which costs nothing. Without point-in-time recovery: a row is forgotten after a day.
 * @see https://docs.aws.amazon.com/powertools/typescript/latest/features/idempotency/#required-resources
 */
export class IdempotencyTable extends Construct {
  public readonly tableName: string;
  /** What lets a function use the table. */
  public readonly statement: Readonly<Record<string, unknown>>;

  constructor(scope: Construct, id: string, tableName: string) {
    super(scope, id);
    const table = new DynamodbTable(this, "Table", {
      name: tableName,
      billingMode: "PAY_PER_REQUEST",
      hashKey: "id",
      attribute: [{ name: "id", type: "S" }],
      ttl: { attributeName: "expiration", enabled: true },
    });
    this.tableName = table.name;
    this.statement = {
      Effect: "Allow",
      Action: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
      Resource: table.arn,
    };
  }
}
