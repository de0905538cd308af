import { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";

/** A REST API, as its parts name it. */
export interface RestApiReference {
  readonly id: string;
  readonly executionArn: string;
  /**
   * What the names of the stack's parts begin with, so that they meet no others in the API.
   * @default - all parts are the stack's
   */
  readonly namePrefix?: string;
}

/** A REST API to which the methods are added, made by this stack or found. */
export interface TargetApi extends RestApiReference {
  /** Its name, by which CloudWatch knows it; absent: nobody here knows. */
  readonly name?: string;
  /** Id of the resource below which `/sqs` stands. */
  readonly parentId: string;
  /** Path of that resource, `""` for the API's root. */
  readonly parentPath: string;
  /**
   * Where its stages answer, without the stage's name.
   * @default - where AWS says
   */
  readonly url?: string;
  /** What has to stand before methods are added, besides the API. */
  readonly prerequisites?: readonly ITerraformDependable[];
}

/** The API for parts of which it may have several of one kind: their names have that of `scope` before them. */
export function namedAfter(
  { id, executionArn, namePrefix = "" }: RestApiReference,
  { node }: Construct,
): RestApiReference {
  return { id, executionArn, namePrefix: `${namePrefix}${node.id}` };
}

/** Adds a resource, without methods, below the parent of `api`. */
export function addResource(scope: Construct, api: TargetApi, pathPart: string): ApiGatewayResource {
  return new ApiGatewayResource(scope, "Resource", {
    restApiId: api.id,
    parentId: api.parentId,
    pathPart,
    dependsOn: api.prerequisites && [...api.prerequisites],
  });
}
