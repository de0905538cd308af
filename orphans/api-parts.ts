import {
  GetAuthorizersCommand,
  GetRequestValidatorsCommand,
  GetStagesCommand,
  paginateGetDeployments,
  paginateGetModels,
  paginateGetResources,
  type Resource,
  type Stage,
} from "@aws-sdk/client-api-gateway";
import type { TerraformResource } from "../local/terraform/terraform-resource";
import { type Aws, asked, listed } from "./aws";
import { type DeclaredStack, said } from "./declared-stack";
import { command } from "./shell";

/** A part of a REST API, which has no tags, by its address in the stack. */
export interface ApiPart {
  readonly address: string;
  readonly type: string;
  readonly importId: string;
  readonly remove: string;
}

/** What a REST API has. */
interface Api {
  readonly resources: readonly Resource[];
  readonly stages: readonly Stage[];
  readonly deploymentIds: readonly string[];
  /** Ids by names, by Terraform's types. */
  readonly named: Readonly<Record<string, ReadonlyMap<string, string>>>;
}

/** Undefined where the API has it not; `remove` are the words of `aws apigateway` but the API's id. */
type FindPart = (api: Api, part: TerraformResource, stack: DeclaredStack) => Place | undefined;

interface Place {
  /** Behind the API's id. */
  readonly path: string;
  readonly remove: readonly string[];
}

/**
 * What Terraform can't make where it is there already, or would make twice, in the order of its dependencies. All other
 * parts are put as a whole, over what is there: integrations, their responses, gateway responses, throttles, policies.
 */
const PARTS: Readonly<Record<string, FindPart>> = {
  aws_api_gateway_resource: (api, part) => {
    const { id } = resourceAt(api, said(part, "path")) ?? {};
    return id === undefined ? undefined : { path: id, remove: ["delete-resource", "--resource-id", id] };
  },
  aws_api_gateway_authorizer: byName("delete-authorizer", "--authorizer-id"),
  aws_api_gateway_model: byName("delete-model", "--model-name"),
  aws_api_gateway_request_validator: byName("delete-request-validator", "--request-validator-id"),
  aws_api_gateway_method: (api, part, stack) => {
    const { id, verb, method } = methodOf(api, part, stack);
    return method && { path: `${id}/${verb}`, remove: ["delete-method", ...chosen(id, verb)] };
  },
  aws_api_gateway_method_response: (api, part, stack) => {
    const { id, verb, method } = methodOf(api, part, stack);
    const status = said(part, "status_code") ?? "";
    if (method?.methodResponses?.[status] === undefined) return undefined;
    return {
      path: `${id}/${verb}/${status}`,
      remove: ["delete-method-response", ...chosen(id, verb), "--status-code", status],
    };
  },
  aws_api_gateway_deployment: ({ stages, deploymentIds }) => {
    const served = stages.flatMap(({ deploymentId }) => deploymentId ?? []);
    const [id, another] = served.length > 0 ? [...new Set(served)] : deploymentIds;
    if (id === undefined || another !== undefined) return undefined;
    return { path: id, remove: ["delete-deployment", "--deployment-id", id] };
  },
  aws_api_gateway_stage: ({ stages }, part) => {
    const name = said(part, "stage_name");
    if (name === undefined || !stages.some(({ stageName }) => stageName === name)) return undefined;
    return { path: name, remove: ["delete-stage", "--stage-name", name] };
  },
};

/** The parts of a REST API that the stack declares and the API has. */
export async function apiParts(aws: Aws, restApiId: string, stack: DeclaredStack): Promise<ApiPart[]> {
  const api = await describedApi(aws, restApiId);
  return Object.entries(PARTS).flatMap(([type, find]) =>
    stack.ofType(type).flatMap((part) => {
      const place = find(api, part, stack);
      if (place === undefined) return [];
      const [action = "", ...words] = place.remove;
      return {
        address: part.address,
        type,
        importId: `${restApiId}/${place.path}`,
        remove: command(
          "aws",
          "apigateway",
          action,
          "--rest-api-id",
          restApiId,
          ...words,
          "--region",
          aws.region,
        ),
      };
    }),
  );
}

async function describedApi({ apiGateway: client }: Aws, id: string): Promise<Api> {
  const api = { restApiId: id };
  const resources = paginateGetResources({ client, pageSize: 500 }, { ...api, embed: ["methods"] });
  const models = paginateGetModels({ client, pageSize: 500 }, api);
  const deployments = paginateGetDeployments({ client, pageSize: 500 }, api);
  const { item: stages = [] } = await asked(client.send(new GetStagesCommand(api)));
  const { items: authorizers } = await asked(client.send(new GetAuthorizersCommand({ ...api, limit: 500 })));
  const { items: validators } = await asked(
    client.send(new GetRequestValidatorsCommand({ ...api, limit: 500 })),
  );
  const ofModels = (await listed(models, ({ items }) => items)).map(({ name }) => ({ id: name, name }));
  return {
    resources: await listed(resources, ({ items }) => items),
    stages,
    deploymentIds: (await listed(deployments, ({ items }) => items)).flatMap((one) => one.id ?? []),
    named: {
      aws_api_gateway_authorizer: idsByName(authorizers),
      aws_api_gateway_model: idsByName(ofModels),
      aws_api_gateway_request_validator: idsByName(validators),
    },
  };
}

interface Named {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
}

function idsByName(items: readonly Named[] = []): ReadonlyMap<string, string> {
  return new Map(items.map(({ id = "", name = "" }) => [name, id]));
}

function byName(action: string, flag: string): FindPart {
  return ({ named }, part) => {
    const id = named[part.type]?.get(said(part, "name") ?? "");
    return id === undefined ? undefined : { path: id, remove: [action, flag, id] };
  };
}

function resourceAt({ resources }: Api, path: string | undefined): Resource | undefined {
  return resources.find((resource) => resource.path === path);
}

/** The method that a declared part is or belongs to: both name their resource by an id that is made up, and the same. */
function methodOf(api: Api, part: TerraformResource, stack: DeclaredStack) {
  const resourceId = said(part, "resource_id");
  const declared = stack.ofType("aws_api_gateway_resource").find((one) => one.text("id") === resourceId);
  const { id = "", resourceMethods } = resourceAt(api, declared && said(declared, "path")) ?? {};
  const verb = said(part, "http_method") ?? "";
  return { id, verb, method: resourceMethods?.[verb] };
}

function chosen(resourceId: string, verb: string): string[] {
  return ["--resource-id", resourceId, "--http-method", verb];
}
