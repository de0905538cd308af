import { CreateRoleCommand, DeleteRoleCommand } from "@aws-sdk/client-iam";
import { awsClients } from "./aws-clients";
import { EMULATED_ACCOUNT_ID, EMULATED_REGION, type EmulatedAws } from "./emulated-aws";
import { callLambda } from "./lambda-api";

/** A ZIP archive without files, which is its last record alone, in Base64. */
const EMPTY_ZIP = Buffer.from("PK\u0005\u0006".padEnd(22, "\0")).toString("base64");

/** A statement of a Lambda function's policy. */
export interface PolicyStatement {
  readonly Effect: string;
  readonly Action: string;
  readonly Principal: unknown;
  readonly Resource: string;
  readonly Condition?: unknown;
}

/** ARN that the function `name` has, or would have, in the emulated AWS. */
export function functionArn(name: string): string {
  return `arn:aws:lambda:${EMULATED_REGION}:${EMULATED_ACCOUNT_ID}:function:${name}`;
}

/** Makes the function to which the auth-stack gives a permission: it belongs to the user, not to the stack. */
export async function createAuthorizerFunction(aws: EmulatedAws, name: string): Promise<void> {
  const { iam } = awsClients(aws);
  const role = `${name}-role`;
  await iam.send(new CreateRoleCommand({ RoleName: role, AssumeRolePolicyDocument: "{}" }));
  await callLambda(aws, "POST", "/functions", {
    FunctionName: name,
    Role: `arn:aws:iam::${EMULATED_ACCOUNT_ID}:role/${role}`,
    Runtime: "nodejs22.x",
    Handler: "index.handler",
    Code: { ZipFile: EMPTY_ZIP },
  });
  // Only the function's creation needs it; so every role left is the stack's.
  await iam.send(new DeleteRoleCommand({ RoleName: role }));
}

/** Who may invoke the function `name`: the statements of its policy. */
export async function invocationPolicy(aws: EmulatedAws, name: string): Promise<PolicyStatement[]> {
  const answer = (await callLambda(aws, "GET", `/functions/${name}/policy`)) as
    { Policy: string } | undefined;
  return answer ? (JSON.parse(answer.Policy) as { Statement: PolicyStatement[] }).Statement : [];
}
