import type { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { IntegrationRole, SENDING } from "../api/integration-role";
import { addPreflight } from "../api/cors-preflight";
import type { MethodsProps } from "../api/methods";
import { addPostResource, POST_SETTINGS } from "../api/post";
import { queueChoice } from "../api/queue-choice";
import { addResource, namedAfter, type TargetApi } from "../api/target-api";
import { ownQueueId, ownQueueOf } from "../queue/own-queue";
import type { TargetQueue } from "../queue/target-queue";
import { addReceive, RECEIVE_VERBS } from "../receive/receive";
import { receiveOptions } from "../receive/receive-settings";
import { part } from "../setting";
import { type Route, routeSettings, routesAtPaths } from "./route-settings";

/** A route, as it stands in the API. */
export interface AddedRoute {
  /** Its path in the setting `routes`. */
  readonly path: string;
  /** Path of the resource, behind the stage. */
  readonly resourcePath: string;
  readonly queue: TargetQueue;
  /** Queues that a value of the request chooses, by value. */
  readonly chosenQueues: Readonly<Record<string, TargetQueue>>;
  /** Role that API Gateway assumes to send to these. */
  readonly role: IamRole;
  /** Role of the methods by which consumers receive from `queue`, where there are any. */
  readonly receiveRole: IamRole | undefined;
}

/** Adds the routes that the settings ask for, each with its resource, its role and its methods. */
export function addRoutes(api: Construct, props: MethodsProps): AddedRoute[] {
  const scopes = new Map<string, Construct>();
  const resources = new Map<string, ApiGatewayResource>();
  const scopeOf = (path: string): Construct => {
    const scope = scopes.get(path) ?? new Construct(api, ownQueueId(path));
    scopes.set(path, scope);
    return scope;
  };
  /** The API with, as its parent, the resource below which `path` stands; parts of the path that are no routes get a bare one. */
  const parentOf = (path: string): TargetApi => {
    const above = path.slice(0, path.lastIndexOf("/"));
    if (above === "") return props.restApi;
    const resource = resources.get(above) ?? addResource(scopeOf(above), parentOf(above), lastPart(above));
    resources.set(above, resource);
    return { ...props.restApi, parentId: resource.id };
  };
  return routesAtPaths(props.settings.routes).map(([path, route]) => {
    const scope = scopeOf(path);
    const { resource, ...added } = addRoute(scope, { path, route, parent: parentOf(path), props });
    resources.set(path, resource);
    return added;
  });
}

interface RouteParts {
  readonly path: string;
  readonly route: Route;
  readonly parent: TargetApi;
  readonly props: MethodsProps;
}

function addRoute(scope: Construct, { path, route, parent, props }: RouteParts) {
  const { restApi, location, ownQueues } = props;
  const queue = ownQueueOf(scope, ownQueues, path);
  const settings = routeSettings(route, props.settings, queue.isFifo);
  const choice = queueChoice(scope, path, settings, ownQueues);
  const chosenQueues = choice?.queues ?? {};
  const { role } = new IntegrationRole(scope, "IntegrationRole", {
    queue,
    otherQueues: Object.values(chosenQueues),
    direction: SENDING,
    location,
  });
  const ofRoute = { ...props, settings, queue, restApi: namedAfter(restApi, scope) };
  const resource = addPostResource(scope, {
    ...ofRoute,
    role,
    queueChoice: choice,
    authorizationScopes: route.authorizationScopes,
    parent,
    pathPart: lastPart(path),
    settings: part(POST_SETTINGS, settings),
  });
  const receive = receiveOptions(settings.receive);
  addPreflight(scope, "Preflight", {
    ...ofRoute,
    resource,
    verbs: ["POST", ...(receive ? RECEIVE_VERBS : [])],
  });
  const receiveRole = receive && addReceive(scope, resource, { ...ofRoute, receive });
  const resourcePath = `${restApi.parentPath}${path}`;
  return { path, resourcePath, queue, chosenQueues, role, receiveRole, resource };
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
