import type { ResponseType } from "../../local/apigateway/gateway-error";
import type { Integration, IntegrationResponse, RequestValidator } from "../../local/terraform/stack-model";

/** One observed behaviour, as the case files have it. */
export interface ConformanceCase {
  readonly id: string;
  readonly kind: string;
  /** `vtl` only. */
  readonly template?: string;
  readonly config?: CaseConfig;
  readonly input: CaseInput;
  readonly expect: Readonly<Record<string, unknown>>;
  /** Reported, never a failure. */
  readonly expectUnverified?: Readonly<Record<string, unknown>>;
  readonly compare?: string;
}

/** What a case sends. */
export interface CaseInput {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
  readonly bodyBase64?: string;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly stageVariables?: Readonly<Record<string, string>>;
}

type Texts = Readonly<Record<string, string>>;

/** An integration response, under API Gateway's names. */
export interface ResponseConfig {
  readonly statusCode?: string | number;
  readonly selectionPattern?: string;
  readonly contentHandling?: IntegrationResponse["contentHandling"] | null;
  readonly responseParameters?: Texts;
  readonly responseTemplates?: Texts;
}

/** A method and its integration, under API Gateway's names. */
export interface MethodConfig {
  readonly apiKeyRequired?: boolean;
  readonly contentHandling?: Integration["contentHandling"] | null;
  readonly integration?: MethodConfig & { readonly type?: string };
  readonly integrationHttpMethod?: string;
  readonly integrationType?: string;
  readonly methodResponses?:
    readonly (string | number | { readonly statusCode: string })[] | Readonly<Record<string, object>>;
  readonly passthroughBehavior?: Integration["passthroughBehavior"];
  /** Model names, or schemas. */
  readonly requestModels?: Readonly<Record<string, string | object>>;
  /** Of the method (`method.request.…` → required) and of the integration (`integration.request.…` → expression). */
  readonly requestParameters?: Readonly<Record<string, string | boolean>>;
  readonly requestTemplates?: Texts;
  readonly requestValidator?: Partial<RequestValidator>;
  readonly responseParameters?: Texts;
  readonly responseTemplates?: Texts;
  /** A list, or by selection pattern, with `default` for the one without. */
  readonly responses?: readonly ResponseConfig[] | Readonly<Record<string, ResponseConfig>>;
  readonly timeoutInMillis?: number;
  readonly uri?: string;
}

/** The part of an API that matters for a case. */
export interface CaseConfig extends MethodConfig {
  readonly apiKeySource?: string;
  readonly authorizerResultTtlInSeconds?: number;
  /** What the backend answers. */
  readonly backendResponse?: {
    readonly status?: number;
    readonly headers?: Texts;
    readonly body?: string;
    readonly bodyBase64?: string;
  };
  readonly binaryMediaTypes?: readonly string[];
  /** The response type of an error that the request runs into. */
  readonly error?: ResponseType;
  readonly gatewayResponses?: Readonly<Record<string, ResponseConfig>>;
  readonly identitySource?: string | readonly string[];
  readonly identityValidationExpression?: string;
  /** A policy document, or `without <action>`. */
  readonly integrationRole?: string | object;
  readonly lambdaError?: string;
  readonly lambdaResult?: unknown;
  readonly models?: Readonly<Record<string, string | object>>;
  readonly path?: string;
  /** Resource policy. */
  readonly policy?: object;
  readonly quota?: {
    readonly limit: number;
    readonly period: "DAY" | "WEEK" | "MONTH";
    readonly offset?: number;
  };
  readonly requestsAtOnce?: number;
  readonly resource?: string;
  readonly resources?: Readonly<Record<string, Readonly<Record<string, MethodConfig>>>>;
  readonly stageName?: string;
  readonly throttle?: { readonly rateLimit: number; readonly burstLimit: number };
  /** Type of the authorizer. */
  readonly type?: string;
  readonly usagePlanKeys?: readonly { readonly value: string; readonly enabled?: boolean }[];
  readonly DelaySeconds?: number | string;
  /** By name, or `<count> attributes`. */
  readonly MessageAttributes?: string | Readonly<Record<string, Texts>>;
  readonly MessageBody?: string;
  readonly MessageDeduplicationId?: string;
  readonly MessageGroupId?: string;
  readonly queue?: string;
}

/** What became of a case. */
export interface CaseOutcome {
  readonly result: "pass" | "fail" | "skip";
  readonly reason?: string;
  /** Differences from what the case holds for likely only. */
  readonly notes?: readonly string[];
}

/** A case that the runner can't express: skipped, never passed. */
export class InexpressibleCase extends Error {
  public override readonly name = "InexpressibleCase";
}

/** What a case says in a key that the runner does not know must not be passed over. */
export function requireKnown(what: string, value: object, known: ReadonlySet<string>): void {
  for (const key of Object.keys(value)) {
    if (!known.has(key)) throw new InexpressibleCase(`${what}.${key} is unknown`);
  }
}
