import {
  type Authorizer,
  GetAuthorizersCommand,
  GetDeploymentsCommand,
  GetMethodCommand,
  type GetMethodCommandOutput,
  GetResourcesCommand,
  GetRestApisCommand,
  GetStagesCommand,
  type Resource,
  type RestApi,
  type Stage,
} from "@aws-sdk/client-api-gateway";
import { awsClients } from "./aws-clients";
import type { EmulatedAws } from "./emulated-aws";

/** A REST API as API Gateway describes it. */
export interface RestApiDescription {
  readonly api: RestApi;
  readonly resource: Resource;
  readonly post: GetMethodCommandOutput;
  readonly authorizers: readonly Authorizer[];
  readonly stages: readonly Stage[];
  readonly deploymentIds: readonly string[];
}

/** Asks the emulated AWS for the only REST API that it has; throws if there are none or several. */
export async function describeRestApi(aws: EmulatedAws): Promise<RestApiDescription> {
  const { apiGateway } = awsClients(aws);
  const { items: apis = [] } = await apiGateway.send(new GetRestApisCommand({}));
  const api = only(apis, "REST API");
  const restApiId = api.id;
  const [
    { items: resources = [] },
    { items: authorizers = [] },
    { item: stages = [] },
    { items: deployments = [] },
  ] = await Promise.all([
    apiGateway.send(new GetResourcesCommand({ restApiId })),
    apiGateway.send(new GetAuthorizersCommand({ restApiId })),
    apiGateway.send(new GetStagesCommand({ restApiId })),
    apiGateway.send(new GetDeploymentsCommand({ restApiId })),
  ]);
  const resource = only(
    resources.filter(({ path }) => path === "/sqs"),
    "resource /sqs",
  );
  const post = await apiGateway.send(
    new GetMethodCommand({ restApiId, resourceId: resource.id, httpMethod: "POST" }),
  );
  return { api, resource, post, authorizers, stages, deploymentIds: deployments.map(({ id = "" }) => id) };
}

function only<T>(items: readonly T[], kind: string): T {
  const [item] = items;
  if (item === undefined || items.length > 1) throw new Error(`There are ${items.length} of: ${kind}.`);
  return item;
}
