import { EMULATED_REGION, type EmulatedAws } from "./emulated-aws";

/** Makes the DynamoDB table in which Terraform's S3 backend can keep its locks. */
export async function createLockTable(aws: EmulatedAws, name: string): Promise<void> {
  await callDynamoDb(aws, "CreateTable", {
    TableName: name,
    KeySchema: [{ AttributeName: "LockID", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "LockID", AttributeType: "S" }],
    BillingMode: "PAY_PER_REQUEST",
  });
}

/** Ids in the table: of locks that are held, and, ending in `-md5`, of the states' digests. */
export async function lockIds(aws: EmulatedAws, table: string): Promise<string[]> {
  const { Items } = (await callDynamoDb(aws, "Scan", { TableName: table })) as {
    Items: { LockID: { S: string } }[];
  };
  return Items.map(({ LockID }) => LockID.S);
}

async function callDynamoDb({ endpoint }: EmulatedAws, action: string, body: unknown): Promise<unknown> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.0",
      "X-Amz-Target": `DynamoDB_20120810.${action}`,
      // The emulator tells the service by the credential's scope and checks no signature.
      Authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${EMULATED_REGION}/dynamodb/aws4_request, SignedHeaders=host, Signature=none`,
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${action}: ${response.status} ${await response.text()}`);
  return response.json();
}
