import {
  GetApiKeyCommand,
  GetClientCertificateCommand,
  GetDomainNameCommand,
  GetRestApiCommand,
  GetStageCommand,
  GetStagesCommand,
  GetUsagePlanCommand,
  paginateGetRestApis,
} from "@aws-sdk/client-api-gateway";
import { formatArn } from "../aws/arn";
import { STACK_TAG } from "../aws/own-resources";
import { partitionOf } from "../aws/partition";
import { type Aws, askedFor, listed } from "./aws";
import type { Finding, Found } from "./found";
import { command } from "./shell";

/** The ids in an ARN. */
type Ids = readonly [id: string, stageName: string];

interface Tagged {
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

type LookUp = (aws: Aws, ids: Ids) => Promise<(Finding & Tagged) | undefined>;

/** How each kind is looked up, by the ARN's part behind `::/`. */
const KINDS: readonly (readonly [RegExp, LookUp])[] = [
  [/^restapis\/([^/]+)$/, restApi],
  [/^restapis\/([^/]+)\/stages\/([^/]+)$/, stage],
  [/^apikeys\/([^/]+)$/, apiKey],
  [/^usageplans\/([^/]+)$/, usagePlan],
  [/^clientcertificates\/([^/]+)$/, clientCertificate],
  [/^domainnames\/([^/]+)$/, domainName],
];

/**
 * Looks a resource of API Gateway up.
 * @returns undefined where it is gone, or has the tag no more
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
 */
export async function apiGatewayResource(aws: Aws, tag: string, arn: string): Promise<Found | undefined> {
  const path = arn.split("::/")[1] ?? "";
  for (const [pattern, lookUp] of KINDS) {
    const [, id, stageName = ""] = pattern.exec(path) ?? [];
    if (id === undefined) continue;
    const { tags, ...finding } = (await lookUp(aws, [id, stageName])) ?? {};
    return tags?.[STACK_TAG] === tag ? { arn, ...(finding as Finding) } : undefined;
  }
  return { arn, attributes: {}, notes: ["of a kind for which no command is known here"], remove: [] };
}

/** ARNs of the REST APIs with the tag and of their stages: what is new the tagging API may not list yet. */
export async function taggedRestApis({ apiGateway, region }: Aws, tag: string): Promise<string[]> {
  const pages = paginateGetRestApis({ client: apiGateway, pageSize: 500 }, {});
  const apis = await listed(pages, ({ items }) => items);
  const mine = apis.filter(({ tags }) => tags?.[STACK_TAG] === tag);
  const place = { partition: partitionOf(region), service: "apigateway", region, accountId: "" };
  const arns = mine.map(async ({ id = "" }) => {
    const stages = await stageNames(apiGateway, id);
    const paths = [`/restapis/${id}`, ...stages.map((name) => `/restapis/${id}/stages/${name}`)];
    return paths.map((resource) => formatArn({ ...place, resource }));
  });
  return (await Promise.all(arns)).flat();
}

async function stageNames(apiGateway: Aws["apiGateway"], restApiId: string): Promise<string[]> {
  const stages = await askedFor(apiGateway.send(new GetStagesCommand({ restApiId })));
  return (stages?.item ?? []).flatMap(({ stageName }) => stageName ?? []);
}

async function restApi({ apiGateway, region }: Aws, [restApiId]: Ids) {
  const api = await askedFor(apiGateway.send(new GetRestApiCommand({ restApiId })));
  if (api === undefined) return undefined;
  const stages = await stageNames(apiGateway, restApiId);
  return {
    tags: api.tags,
    type: "aws_api_gateway_rest_api",
    importId: restApiId,
    attributes: { name: api.name ?? "" },
    notes: [
      ...(api.createdDate === undefined ? [] : [`made ${api.createdDate.toISOString()}`]),
      stages.length === 0
        ? "no stage: nobody can call it"
        : `callers can reach its stage ${stages.join(", ")}`,
    ],
    // What belongs to it goes with it: stages, deployments, methods, authorizers, gateway responses.
    remove: [ofApiGateway(region, "delete-rest-api", "--rest-api-id", restApiId)],
  };
}

async function stage({ apiGateway, region }: Aws, [restApiId, stageName]: Ids) {
  const found = await askedFor(apiGateway.send(new GetStageCommand({ restApiId, stageName })));
  if (found === undefined) return undefined;
  return {
    tags: found.tags,
    type: "aws_api_gateway_stage",
    importId: `${restApiId}/${stageName}`,
    attributes: { stage_name: stageName },
    notes: ["callers can reach it"],
    remove: [ofApiGateway(region, "delete-stage", "--rest-api-id", restApiId, "--stage-name", stageName)],
  };
}

async function apiKey({ apiGateway, region }: Aws, [id]: Ids) {
  const key = await askedFor(apiGateway.send(new GetApiKeyCommand({ apiKey: id })));
  return (
    key && {
      tags: key.tags,
      type: "aws_api_gateway_api_key",
      importId: id,
      attributes: { name: key.name ?? "" },
      notes: [`the API key ${key.name ?? ""}`],
      remove: [ofApiGateway(region, "delete-api-key", "--api-key", id)],
    }
  );
}

/** A plan with stages AWS does not delete. */
async function usagePlan({ apiGateway, region }: Aws, [usagePlanId]: Ids) {
  const plan = await askedFor(apiGateway.send(new GetUsagePlanCommand({ usagePlanId })));
  if (plan === undefined) return undefined;
  const chosen = ["--usage-plan-id", usagePlanId];
  const apiStages = (plan.apiStages ?? []).map(({ apiId = "", stage: name = "" }) => `${apiId}:${name}`);
  return {
    tags: plan.tags,
    type: "aws_api_gateway_usage_plan",
    attributes: { name: plan.name ?? "" },
    notes: ["its keys' links to it can't be imported with it"],
    remove: [
      ...apiStages.map((value) =>
        ofApiGateway(
          region,
          "update-usage-plan",
          ...chosen,
          "--patch-operations",
          `op=remove,path=/apiStages,value=${value}`,
        ),
      ),
      ofApiGateway(region, "delete-usage-plan", ...chosen),
    ],
  };
}

async function clientCertificate({ apiGateway, region }: Aws, [id]: Ids) {
  const certificate = await askedFor(
    apiGateway.send(new GetClientCertificateCommand({ clientCertificateId: id })),
  );
  return (
    certificate && {
      tags: certificate.tags,
      type: "aws_api_gateway_client_certificate",
      importId: id,
      attributes: {},
      notes: ["AWS keeps it while a stage shows it"],
      remove: [ofApiGateway(region, "delete-client-certificate", "--client-certificate-id", id)],
    }
  );
}

async function domainName({ apiGateway, region }: Aws, [name]: Ids) {
  const domain = await askedFor(apiGateway.send(new GetDomainNameCommand({ domainName: name })));
  return (
    domain && {
      tags: domain.tags,
      type: "aws_api_gateway_domain_name",
      attributes: { domain_name: name },
      notes: ["its path to an API goes with it, and can't be imported with it"],
      remove: [ofApiGateway(region, "delete-domain-name", "--domain-name", name)],
    }
  );
}

function ofApiGateway(region: string, ...words: string[]): string {
  return command("aws", "apigateway", ...words, "--region", region);
}
