import type { ModuleBlocks, ResourceBlock } from "./module-blocks";
import { standInId } from "../stand-in-id";

const REST_API = "aws_api_gateway_rest_api";
const RESOURCE = "aws_api_gateway_resource";
const STAGE = "aws_api_gateway_stage";

/**
 * The blocks of a module with a stand-in for each REST API outside it, where it has none of its own: one whose id parts name
 * as it is, and of which the module says a stage. It has only what the module says of it: the resources that its data
 * sources look up, and, where the module makes no stage, the one that the output `stage_name` names. What else is in it is
 * not known here, and not served.
 */
export function withExistingRestApis(blocks: ModuleBlocks): ModuleBlocks {
  const parts = Array.from(blocks.resources.values());
  if (parts.some(({ type }) => type === REST_API)) return blocks;
  const standIns = existingIds(parts).flatMap((id) => standInsFor(id, parts, blocks));
  const resources = new Map(standIns.map((standIn) => [standIn.address, standIn]));
  return { ...blocks, resources: new Map([...resources, ...blocks.resources]) };
}

function existingIds(parts: readonly ResourceBlock[]): string[] {
  const ids = parts
    .filter(({ type }) => type.startsWith("aws_api_gateway_"))
    .flatMap(({ body }) => literal(body.rest_api_id) ?? []);
  return [...new Set(ids)];
}

function standInsFor(
  id: string,
  parts: readonly ResourceBlock[],
  { data, outputs }: ModuleBlocks,
): ResourceBlock[] {
  const hasStage = parts.some(
    ({ type, body }) => body.rest_api_id === id && (type === STAGE || body.stage_name !== undefined),
  );
  const stageName = outputs.get("stage_name")?.value;
  if (!hasStage && stageName === undefined) return [];
  const stage = block(STAGE, id, { rest_api_id: id, stage_name: stageName, deployment_id: "outside" });
  return [
    block(REST_API, id, { id, name: id, root_resource_id: idOfPath(id, "/") }),
    ...parentPaths(id, data).flatMap((path) => resourcesAt(id, path)),
    ...(hasStage ? [] : [stage]),
  ];
}

function literal(value: unknown): string | undefined {
  return typeof value === "string" && !/^$|[$%]\{/.test(value) ? value : undefined;
}

function parentPaths(id: string, data: ModuleBlocks["data"]): string[] {
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

function block(type: string, name: string, body: ResourceBlock["body"]): ResourceBlock {
  return { address: `${type}.${name}`, type, body };
}
