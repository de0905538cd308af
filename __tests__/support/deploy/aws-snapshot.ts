import {
  GetAuthorizersCommand,
  GetGatewayResponsesCommand,
  GetMethodCommand,
  GetApiKeysCommand,
  GetModelsCommand,
  GetRequestValidatorsCommand,
  GetResourcesCommand,
  GetRestApisCommand,
  GetStagesCommand,
  GetUsagePlanKeysCommand,
  GetUsagePlansCommand,
  type Resource,
} from "@aws-sdk/client-api-gateway";
import { ListRoleTagsCommand, ListRolesCommand } from "@aws-sdk/client-iam";
import { GetQueueAttributesCommand, ListQueuesCommand, ListQueueTagsCommand } from "@aws-sdk/client-sqs";
import { invocationPolicy } from "./authorizer-function";
import { awsClients } from "./aws-clients";
import type { EmulatedAws } from "./emulated-aws";
import { describeRoles } from "./role-description";

/** What differs between two equal deployments: times, counts, and ids of what is made anew. */
const VOLATILE = /^([$]metadata|.*Date|.*Timestamp|deploymentId|Sid|ApproximateNumber.*)$/;

/** All that the emulated AWS has of what a stack makes or changes. */
export async function awsSnapshot(aws: EmulatedAws): Promise<unknown> {
  const [restApis, callers, queues, roles, roleTags, decide, decideAnew] = await Promise.all([
    restApisOf(aws),
    callersOf(aws),
    queuesOf(aws),
    describeRoles(aws),
    roleTagsOf(aws),
    invocationPolicy(aws, "decide"),
    invocationPolicy(aws, "decide-anew"),
  ]);
  const snapshot = { restApis, callers, queues, roles, roleTags, decide, decideAnew };
  return JSON.parse(
    JSON.stringify(snapshot, (key, value: unknown) => (isLasting(key, value) ? value : undefined)),
  );
}

/** An empty map or list says no more than none. */
function isLasting(key: string, value: unknown): boolean {
  return !VOLATILE.test(key) && !["{}", "[]"].includes(JSON.stringify(value));
}

async function restApisOf(aws: EmulatedAws): Promise<unknown[]> {
  const { apiGateway } = awsClients(aws);
  const { items = [] } = await apiGateway.send(new GetRestApisCommand({}));
  return Promise.all(
    items.map(async (api) => {
      const restApiId = api.id;
      const { items: resources = [] } = await apiGateway.send(new GetResourcesCommand({ restApiId }));
      const methods = resources.flatMap((resource) => methodsOf(restApiId, resource));
      const parts = await Promise.all([
        apiGateway.send(new GetStagesCommand({ restApiId })),
        apiGateway.send(new GetAuthorizersCommand({ restApiId })),
        apiGateway.send(new GetGatewayResponsesCommand({ restApiId })),
        apiGateway.send(new GetModelsCommand({ restApiId })),
        apiGateway.send(new GetRequestValidatorsCommand({ restApiId })),
        ...methods.map((method) => apiGateway.send(method)),
      ]);
      return { api, parts };
    }),
  );
}

function methodsOf(
  restApiId: string | undefined,
  { id, resourceMethods = {} }: Resource,
): GetMethodCommand[] {
  return Object.keys(resourceMethods).map(
    (httpMethod) => new GetMethodCommand({ restApiId, resourceId: id, httpMethod }),
  );
}

/** Usage plans and API keys, whose values a snapshot need not tell. */
async function callersOf(aws: EmulatedAws): Promise<unknown[]> {
  const { apiGateway } = awsClients(aws);
  const { items: plans = [] } = await apiGateway.send(new GetUsagePlansCommand({}));
  const { items: keys = [] } = await apiGateway.send(new GetApiKeysCommand({}));
  const keysOfPlans = plans.map(({ id }) =>
    apiGateway.send(new GetUsagePlanKeysCommand({ usagePlanId: id })),
  );
  return [plans, keys, await Promise.all(keysOfPlans)];
}

async function queuesOf(aws: EmulatedAws): Promise<unknown[]> {
  const { sqs } = awsClients(aws);
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  return Promise.all(
    QueueUrls.sort().map((QueueUrl) =>
      Promise.all([
        sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] })),
        sqs.send(new ListQueueTagsCommand({ QueueUrl })),
      ]),
    ),
  );
}

async function roleTagsOf(aws: EmulatedAws): Promise<unknown[]> {
  const { iam } = awsClients(aws);
  const { Roles = [] } = await iam.send(new ListRolesCommand({}));
  return Promise.all(Roles.map(({ RoleName }) => iam.send(new ListRoleTagsCommand({ RoleName }))));
}
