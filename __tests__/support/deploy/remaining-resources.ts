import { GetRestApisCommand } from "@aws-sdk/client-api-gateway";
import { ListRolesCommand } from "@aws-sdk/client-iam";
import { ListQueuesCommand } from "@aws-sdk/client-sqs";
import { awsClients } from "./aws-clients";
import type { EmulatedAws } from "./emulated-aws";

/** Everything of the kinds that a stack makes that exists in the emulated AWS, by name or URL. */
export async function remainingResources(aws: EmulatedAws): Promise<string[]> {
  const { apiGateway, iam, sqs } = awsClients(aws);
  const [apis, roles, queues] = await Promise.all([
    apiGateway.send(new GetRestApisCommand({})),
    iam.send(new ListRolesCommand({})),
    sqs.send(new ListQueuesCommand({})),
  ]);
  return [
    ...(apis.items ?? []).map(({ name }) => `REST API ${name ?? ""}`),
    ...(roles.Roles ?? []).map(({ RoleName }) => `role ${RoleName ?? ""}`),
    ...(queues.QueueUrls ?? []).map((url) => `queue ${url}`),
  ];
}
