import * as v from "valibot";
import { MESSAGE_SETTINGS } from "../api/message";
import { QUEUE_CHOICE_SETTINGS } from "../api/queue-choice";
import { VALIDATION_SETTINGS } from "../api/request-validation";
import { INTEGRATION_SETTINGS } from "../api/sqs-method";
import { RESPONSE_SETTINGS } from "../api/success-response";
import { COGNITO_AUTHORIZER_SETTINGS } from "../authorizer/cognito-authorizer";
import { ownQueueId } from "../queue/own-queue";
import { QUEUE_OVERRIDES } from "../queue/queue-overrides";
import { RECEIVE_SETTINGS } from "../receive/receive-settings";
import { map, object, rule } from "../schema";
import { type Checked, type Options, overriding } from "../setting";

const { authorizationScopes } = COGNITO_AUTHORIZER_SETTINGS;

/** What a route has of its own; all else is as the stack's settings say. */
export const ROUTE_ENTRIES = {
  ...overriding({
    ...MESSAGE_SETTINGS,
    ...VALIDATION_SETTINGS,
    ...RESPONSE_SETTINGS,
    ...INTEGRATION_SETTINGS,
    authorizationScopes,
    ...RECEIVE_SETTINGS,
  }),
  ...QUEUE_CHOICE_SETTINGS,
  ...QUEUE_OVERRIDES,
};

const PATH = v.pipe(
  v.string(),
  v.regex(
    /^([/][A-Za-z0-9_-]{1,64}){1,6}$/,
    rule(
      "has a path that is none here",
      "paths such as /orders or /eu/orders, of letters, digits, hyphens and underscores",
      'Write for example "/orders".',
    ),
  ),
  v.check(
    (path) => !/^[/]sqs([/]|$)/.test(path),
    rule("has a path that the stack has already", "paths that do not start with /sqs", "Write another one."),
  ),
);

const ROUTES = map(
  object(ROUTE_ENTRIES, "{ `visibilityTimeoutSeconds`: 120 }"),
  '{ "/orders": {}, "/refunds": { "fifo": false } }',
  PATH,
);

/** Settings of routes beside `POST /sqs`. */
export const ROUTES_SETTINGS = {
  /**
   * Paths beside `/sqs`, each with a `POST` and a queue of its own, whose name has the path behind it: `orders` and `/refunds` make
   * `orders-refunds`. Each has what it says of its own, for its requests, its messages and its queue, and the stack's settings for all
   * else. API Gateway reaches each path's queues with a role that may send to no others.
   */
  routes: v.optional({
    ...v.pipe(
      ROUTES,
      v.check(
        (routes) => new Set(Object.keys(routes).map(ownQueueId)).size === Object.keys(routes).length,
        ({ input }) =>
          rule(
            "has two paths that differ by their first capital alone",
            "paths that differ by more",
            "Rename one of them.",
          )({ input: Object.keys(input) }),
      ),
    ),
    allowed: ROUTES.allowed,
  }),
};

/** What the setting `routes` may be given. */
export type Routes = Options<typeof ROUTES_SETTINGS>["routes"];

/** A route, checked. */
export type Route = NonNullable<Checked<typeof ROUTES_SETTINGS>["routes"]>[string];

/** The routes with their paths, in an order in which a path comes behind those that it begins with. */
export function routesAtPaths(routes: Routes): [path: string, route: Route][] {
  const entries = Object.entries((routes ?? {}) as Readonly<Record<string, Route>>);
  return entries.sort(([one], [other]) => (one < other ? -1 : 1));
}

/** What a message on a queue of the other type can't have. */
const OF_STANDARD = { messageDelaySeconds: undefined, messageDelayOutOfRange: "refuse" };
const OF_FIFO = { messageDeduplicationId: undefined };

/**
 * What a route has in the place of the stack's: what it gives itself, no choice of queues but its own, and nothing that messages on its
 * type of queue can't have.
 * @param isFifo its queue's type; may be left out where nothing is read that depends on it
 */
export function routeSettings<T extends object>(route: Route, shared: T, isFifo?: boolean): T {
  const given = Object.entries<unknown>(route).filter(([, value]) => value !== undefined);
  return {
    ...shared,
    queueBy: undefined,
    queues: undefined,
    ...(isFifo ? OF_STANDARD : OF_FIFO),
    ...Object.fromEntries(given),
  };
}
