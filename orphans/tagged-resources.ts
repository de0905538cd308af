import { paginateGetResources } from "@aws-sdk/client-resource-groups-tagging-api";
import { parseArn } from "../aws/arn";
import { STACK_TAG } from "../aws/own-resources";
import { apiGatewayResource, taggedRestApis } from "./api-gateway";
import { type Aws, listed } from "./aws";
import { type DeclaredStack, said } from "./declared-stack";
import type { Found } from "./found";
import { ofOtherService } from "./other-services";
import { queuesNamed, taggedQueue, urlOfQueue } from "./queues";
import { taggedRoles } from "./roles";

/**
 * All that carries the stack's tag, and is there. AWS's tagging API lists it late, lists for a while what is deleted, and
 * lists no roles: REST APIs, queues and roles their own services are asked for, and what it lists is looked up.
 * @see https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
 */
export async function taggedResources(aws: Aws, stack: DeclaredStack): Promise<Found[]> {
  const { tag } = stack;
  const arns = [...new Set([...(await taggedArns(aws, tag)), ...(await taggedRestApis(aws, tag))])];
  const names = stack.ofType("aws_sqs_queue").flatMap((queue) => said(queue, "name") ?? []);
  const urls = new Set(await queuesNamed(aws, names));
  const found: (Found | undefined)[] = [];
  for (const arn of arns) {
    const { service } = parseArn(arn) ?? {};
    if (service === "sqs") urls.add((await urlOfQueue(aws, arn)) ?? "");
    else if (service === "apigateway") found.push(await apiGatewayResource(aws, tag, arn));
    else if (service !== "iam") found.push(ofOtherService(aws.region, arn));
  }
  for (const url of urls) if (url !== "") found.push(await taggedQueue(aws, tag, url));
  return [...found.filter((one) => one !== undefined), ...(await taggedRoles(aws, tag))];
}

async function taggedArns({ tagging }: Aws, tag: string): Promise<string[]> {
  const TagFilters = [{ Key: STACK_TAG, Values: [tag] }];
  const pages = paginateGetResources({ client: tagging }, { TagFilters });
  return listed(pages, ({ ResourceTagMappingList = [] }) =>
    ResourceTagMappingList.flatMap(({ ResourceARN }) => ResourceARN ?? []),
  );
}
