import * as v from "valibot";
import { map, noNumber, number, object, rule, wholeNumber } from "../schema";
import type { Checked, Facts, Only, Rule } from "../setting";
import type { EXISTING_REST_API_SETTINGS } from "./existing-rest-api";
import { handshakePaths, type METHOD_SETTINGS, methodPaths } from "./methods";
import { type Priced, type WorstCase, worstCase } from "./worst-case";

/** No limit but the account's. */
const OFF = -1;

/** An open method's limits: a peak of 500 at once passes, and a day of 50 a second is paid from petty cash. */
const OPEN_LIMITS = { rateLimit: 50, burstLimit: 500 };

const MOST_REQUESTS = 1_000_000;
const RATE = number(0, MOST_REQUESTS, "requests a second");
const BURST = wholeNumber(0, MOST_REQUESTS, "requests");

const METHOD_LIMITS = object({ rateLimit: RATE, burstLimit: BURST }, "{ `rateLimit`: 10, `burstLimit`: 20 }");

/** Settings of the stage's throttle, which AWS applies on a best-effort basis. */
export const THROTTLE_SETTINGS = {
  /**
   * Requests a second that each method of the stage takes; more are answered 429. -1 is no limit but the account's, 10,000.
   * Without it: 50 in `no-auth-stack`, where `POST /sqs` then costs at most about 17 dollars a day with messages up to 64 KiB, and
   * 22 with 256 KiB; -1 in `auth-stack`, but for handshakes of the senders of `webhook`, which are open there, too.
   */
  throttlingRateLimit: v.optional(orOff("requests a second")),
  /**
   * Requests that each method of the stage takes at once, before the rate counts. -1 is no limit but the account's, 5,000.
   * Without it: 500 in `no-auth-stack`, unless `throttlingRateLimit` is -1; -1 in `auth-stack`.
   */
  throttlingBurstLimit: v.optional(
    v.pipe(
      orOff("requests"),
      v.integer(
        rule("is not a whole number", `a whole number, or ${OFF} for none`, "Write it without a fraction."),
      ),
    ),
  ),
  /** Limits of single methods, by path and verb, in the place of the stage's; a method with a rate and a burst of 0 is closed. */
  methodThrottles: v.optional(map(METHOD_LIMITS, '{ "sqs/POST": { "rate_limit": 10, "burst_limit": 20 } }')),
  /**
   * Dollars that callers can cost in a day at most: synthesis works out the rate and the burst, and prints them with the
   * prices. It is no guarantee, since AWS applies throttles on a best-effort basis. Not in it: data transfer, authorizers, logs,
   * consumers, and a web ACL, which is paid for refused requests, too. The prices are us-east-1's; where they are higher by a factor, write that much less.
   */
  maxCostPerDay: v.optional(
    number(
      0.01,
      MOST_REQUESTS,
      "dollars",
      "Write an amount in that range. To refuse every request, write `throttlingRateLimit`: 0 and `throttlingBurstLimit`: 0.",
    ),
  ),
};

const LIMITS = ["throttlingRateLimit", "throttlingBurstLimit", "methodThrottles"] as const;

type ApiSettings = Pick<
  typeof EXISTING_REST_API_SETTINGS,
  "existingRestApiId" | "deployExistingRestApi" | "existingRestApiParentPath"
> &
  Pick<typeof METHOD_SETTINGS, "batch" | "cors" | "largeBodies" | "receive" | "routes" | "webhook">;

type ThrottleRule = Rule<typeof THROTTLE_SETTINGS & ApiSettings>;

/** What has to hold between the settings of the throttle. */
export const THROTTLE_RULES: readonly ThrottleRule[] = [
  {
    setting: LIMITS,
    isBroken: ({ maxCostPerDay, ...facts }, setting) =>
      maxCostPerDay !== undefined && facts[setting as (typeof LIMITS)[number]] !== undefined,
    anyValueIsWrong: true,
    wrong: "is a second limit",
    allowed: "this setting without `maxCostPerDay`, from which the limits follow",
    mend: "Drop one or the other.",
  },
  {
    setting: LIMITS,
    isBroken: ({ existingRestApiId, deployExistingRestApi, ...facts }, setting) =>
      (facts[setting as "throttlingRateLimit"] ?? OFF) !== OFF &&
      existingRestApiId !== undefined &&
      deployExistingRestApi !== true,
    wrong: "is a limit of a stage, which is not the stack's here",
    allowed: "this setting where the stack makes the stage",
    mend: "Write `deployExistingRestApi`: true, or drop it and throttle your stage yourself.",
  },
  {
    setting: "maxCostPerDay",
    isBroken: ({ maxCostPerDay, existingRestApiId }) =>
      maxCostPerDay !== undefined && existingRestApiId !== undefined,
    wrong: "can't be kept in a REST API that is not the stack's: its other methods cost, too",
    allowed: "this setting without `existingRestApiId`",
    mend: "Drop it, or limit the rates instead.",
  },
  {
    setting: "methodThrottles",
    isBroken: (facts) =>
      Object.keys(facts.methodThrottles ?? {}).some((path) => !pathsOf(facts).includes(path)),
    wrong: "names what is no method of the stack",
    allowed: (facts) => pathsOf(facts).join(", "),
    mend: "Write one of those.",
  },
];

function pathsOf({ existingRestApiParentPath, ...settings }: Facts<ApiSettings, unknown>): string[] {
  return methodPaths(existingRestApiParentPath, settings);
}

/** Limits of a method: requests a second, and at once. */
export interface Limits {
  readonly rateLimit: number;
  readonly burstLimit: number;
}

/** How many requests the methods of a stage take. Each has a bucket of its own. */
export interface StageThrottle {
  readonly ofStage: Limits;
  /** Limits of single methods, by path and verb. */
  readonly ofMethods: Readonly<Record<string, Limits>>;
  /** What follows from `maxCostPerDay`, to be told at synthesis. */
  readonly note?: string;
}

/** What {@link stageThrottle} reads. */
export interface StageThrottleProps {
  readonly settings: Checked<typeof THROTTLE_SETTINGS>;
  /** May anybody call the methods? Then they are throttled by default. */
  readonly isOpen: boolean;
  readonly priced: Priced;
  /** Path of the resource below which the methods are. */
  readonly parentPath: string | undefined;
}

/**
 * The throttle that the settings ask for.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 */
export function stageThrottle({ settings, isOpen, priced, parentPath }: StageThrottleProps): StageThrottle {
  const { methodThrottles, maxCostPerDay, ...limits } = settings;
  if (maxCostPerDay === undefined) {
    const open = limits.throttlingRateLimit === undefined ? handshakePaths(priced.webhook, parentPath) : [];
    const ofHandshakes = isOpen ? {} : Object.fromEntries(open.map((path) => [path, OPEN_LIMITS]));
    return { ofStage: stageLimits(limits, isOpen), ofMethods: { ...ofHandshakes, ...methodThrottles } };
  }
  const worst = worstCase(priced);
  const ofStage = limitsWithin(maxCostPerDay, worst);
  return { ofStage, ofMethods: {}, note: noteOn(maxCostPerDay, ofStage, worst) };
}

/** Do they limit anything? */
export function isLimit({ rateLimit, burstLimit }: Limits): boolean {
  return rateLimit !== OFF || burstLimit !== OFF;
}

type StageLimits = Only<
  "throttlingRateLimit" | "throttlingBurstLimit",
  Omit<Checked<typeof THROTTLE_SETTINGS>, "methodThrottles" | "maxCostPerDay">
>;

function stageLimits({ throttlingRateLimit, throttlingBurstLimit }: StageLimits, isOpen: boolean): Limits {
  const rateLimit = throttlingRateLimit ?? (isOpen ? OPEN_LIMITS.rateLimit : OFF);
  const usual = isOpen && rateLimit !== OFF ? OPEN_LIMITS.burstLimit : OFF;
  return { rateLimit, burstLimit: throttlingBurstLimit ?? usual };
}

const SECONDS_OF_A_DAY = 86_400;

/** A day costs most when it starts with a full bucket, of each method. */
function limitsWithin(dollars: number, { perRequest, perDay }: WorstCase): Limits {
  const requests = (dollars - perDay) / perRequest.reduce((sum, cost) => sum + cost, 0);
  const burstLimit = Math.min(OPEN_LIMITS.burstLimit, Math.floor(requests / 10));
  // The provider sends no more digits.
  const rateLimit = Math.floor(((requests - burstLimit) / SECONDS_OF_A_DAY) * 1e6) / 1e6;
  return { rateLimit, burstLimit };
}

function noteOn(dollars: number, { rateLimit, burstLimit }: Limits, { perRequest, told }: WorstCase): string {
  const methods = perRequest.length === 1 ? "its one method" : `each of its ${perRequest.length} methods`;
  return `\`maxCostPerDay\`: $${dollars} a day is ${rateLimit} requests a second to ${methods}, ${burstLimit} at once. Prices: ${told}. Not in it: data transfer, authorizers, a web ACL, logs, consumers. AWS applies throttles and quotas on a best-effort basis, so this is no guarantee.`;
}

function orOff(unit: string) {
  const allowed = `a number of ${unit} from 0 to ${MOST_REQUESTS}, or ${OFF} for none`;
  const range = rule("is out of range", allowed, "Write a number in that range.");
  const typed = v.number(noNumber(allowed, 10));
  return v.pipe(
    { ...typed, allowed },
    v.minValue(OFF, range),
    v.maxValue(MOST_REQUESTS, range),
    v.check((limit) => limit === OFF || limit >= 0, range),
  );
}
