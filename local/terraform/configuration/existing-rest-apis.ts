import { StackError } from "../stack-error";
import { standInId } from "./computed/attribute-table";
import type { ModuleBlocks, ResourceBlock } from "./module-blocks";

const REST_API = "aws_api_gateway_rest_api";
const RESOURCE = "aws_api_gateway_resource";
const STAGE = "aws_api_gateway_stage";

/**
 * The blocks of a module with a stand-in for each REST API outside it: one whose id a part names as it is. It has only what
 * the module says of it: the resources that its data sources look up, and, where the module makes no stage, the one that
 * the output `stage_name` names. What else is in it is not known here, and not served.
 */
export function withExistingRestApis(blocks: ModuleBlocks): ModuleBlocks {
  const standIns = existingIds(blocks).flatMap((id) => [
    block(REST_API, id, { id, name: id, root_resource_id: idOfPath(id, "/") }),
    ...parentPaths(id, blocks).flatMap((path) => resourcesAt(id, path)),
    ...stageOf(id, blocks),
  ]);
  const resources = new Map(standIns.map((standIn) => [standIn.address, standIn]));
  return { ...blocks, resources: new Map([...resources, ...blocks.resources]) };
}

/** Ids of REST APIs are written as they are only where the module has no block for them. */
function existingIds({ resources }: ModuleBlocks): string[] {
  const ids = Array.from(resources.values())
    .filter(({ type }) => type.startsWith("aws_api_gateway_"))
    .flatMap(({ body }) => literal(body.rest_api_id) ?? []);
  return [...new Set(ids)];
}

function literal(value: unknown): string | undefined {
  return typeof value === "string" && !/[$%]\{/.test(value) ? value : undefined;
}

function parentPaths(id: string, { data }: ModuleBlocks): string[] {
  const paths = Array.from(data.values())
    .filter(({ type, body }) => type === `data.${RESOURCE}` && body.rest_api_id === id)
    .flatMap(({ body }) => literal(body.path) ?? []);
  return [...new Set(paths)];
}

/** A resource at a path, and those on the way to it. */
function resourcesAt(id: string, path: string): ResourceBlock[] {
  const parts = path.split("/").filter((part) => part !== "");
  return parts.map((pathPart, index) => {
    const parent = `/${parts.slice(0, index).join("/")}`;
    const own = `/${parts.slice(0, index + 1).join("/")}`;
    const body = {
      id: idOfPath(id, own),
      rest_api_id: id,
      parent_id: idOfPath(id, parent),
      path_part: pathPart,
      path: own,
    };
    return block(RESOURCE, `${id}${own}`, body);
  });
}

function idOfPath(id: string, path: string): string {
  return standInId(`${id}${path}`, 10);
}

function stageOf(id: string, { resources, outputs }: ModuleBlocks): ResourceBlock[] {
  const isServed = Array.from(resources.values()).some(
    ({ type, body }) => body.rest_api_id === id && (type === STAGE || body.stage_name !== undefined),
  );
  if (isServed) return [];
  const stageName = outputs.get("stage_name")?.value;
  if (stageName === undefined) {
    throw new StackError({
      address: `${REST_API}.${id}`,
      wrong: "is outside the stack, which says no stage of it",
      mend: "Add an output stage_name with the name of its stage",
    });
  }
  return [block(STAGE, id, { rest_api_id: id, stage_name: stageName, deployment_id: "outside" })];
}

function block(type: string, name: string, body: ResourceBlock["body"]): ResourceBlock {
  return { address: `${type}.${name}`, type, body };
}
