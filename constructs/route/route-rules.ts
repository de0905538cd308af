import { API_RULES, type AroundApi } from "../api/api-rules";
import type { METHOD_SETTINGS } from "../api/methods";
import { ownMethodRule } from "../api/own-method-rule";
import { CHOSEN_QUEUE_RULES } from "../api/chosen-queue-rules";
import { QUEUE_CHOICE_RULES } from "../api/queue-choice";
import { QUEUE_RULES, type QUEUE_SETTINGS } from "../queue/leveled-queue";
import { RECEIVE_RULES, receiveOptions } from "../receive/receive-settings";
import { factsBeside } from "../queue/queue-facts";
import type { Facts, Rule } from "../setting";
import { onlySender, webhookEntries } from "../webhook/webhook-settings";
import { ROUTE_ENTRIES, routeSettings, routesAtPaths } from "./route-settings";

type Settings = typeof METHOD_SETTINGS;
type RouteFacts = Facts<Settings, AroundApi>;
type OwnSettings = Settings & typeof QUEUE_SETTINGS;

/** What has to hold between routes and the other settings. */
export const ROUTE_RULES: readonly Rule<Settings, AroundApi>[] = [
  {
    setting: "routes",
    isBroken: ({ routes, webhook }) => routes !== undefined && onlySender(webhook) !== undefined,
    anyValueIsWrong: true,
    wrong: "would have the settings of the sender of `webhook`, which are those of the stack",
    allowed: "routes beside a list of senders, each of which has a path of its own",
    mend: 'Put the sender into a list: `webhook`: ["github"].',
  },
  {
    setting: "routes",
    isBroken: (facts) => takenPath(facts) !== undefined,
    wrong: (facts) => `has a path at which a sender of \`webhook\` is: ${takenPath(facts) ?? ""}`,
    allowed: "paths that begin with none of the senders'",
    mend: "Give one of them another path.",
  },
  {
    setting: "routes",
    isBroken: (facts) => pathOfReceiving(facts) !== undefined,
    wrong: (facts) => `has a path that belongs to what receives above it: ${pathOfReceiving(facts) ?? ""}`,
    allowed: "paths that do not end in /visibility behind a path with `receive`",
    mend: "Write another path, or drop `receive` there.",
  },
  {
    setting: "routes",
    isBroken: ({ routes, protection }) =>
      protection?.context !== "claims" &&
      routesAtPaths(routes).some(([, { authorizationScopes }]) => authorizationScopes !== undefined),
    wrong: "has a route with `authorizationScopes`, which only a Cognito user pool's tokens have",
    allowed: "them with `authorization`: COGNITO_USER_POOLS in auth-stack",
    mend: "Drop them. A Lambda authorizer and IAM's policies tell routes apart by the method's ARN.",
  },
  ownMethodRule<Settings, AroundApi>({
    setting: "routes",
    rules: [
      ...API_RULES,
      ...QUEUE_CHOICE_RULES,
      ...RECEIVE_RULES,
      ...CHOSEN_QUEUE_RULES,
      ...(QUEUE_RULES as unknown as typeof API_RULES),
    ],
    methods: (facts) =>
      routesAtPaths(facts.routes).map(([path, route]) => {
        const queue = factsBeside(route, facts);
        // A batch goes to /sqs alone.
        const own = { ...routeSettings(route, facts, queue.isFifo), batch: false, fifo: queue.isFifo };
        return { name: path, facts: { ...own, ...queue } satisfies Facts<OwnSettings, AroundApi> };
      }),
    own: [...Object.keys(ROUTE_ENTRIES), "cors"],
    written: (path) => `In the route: "${path}": { … }.`,
  }),
];

/** The first path of a route that begins with that of a sender. */
function takenPath({ routes, webhook }: RouteFacts): string | undefined {
  const senders = webhookEntries(webhook).map(({ path }) => path);
  return routesAtPaths(routes)
    .map(([path]) => path)
    .find((path) => senders.includes(path.split("/")[1] ?? ""));
}

/** The first path of a route at which another's receiving has a method already. */
function pathOfReceiving({ routes, receive }: RouteFacts): string | undefined {
  const taken = routesAtPaths(routes)
    .filter(([, route]) => receiveOptions(route.receive ?? receive) !== undefined)
    .map(([path]) => `${path}/visibility`);
  return Object.keys(routes ?? {}).find((path) => taken.includes(path));
}
