import { type PolicyDocument, readPolicy } from "../../aws/policy-document";
import type { PolicyDecision } from "../iam/policy";
import type { FunctionInvoker, InvocationResult } from "../lambda/function-invoker";
import type { LambdaAuthorizer, Stage } from "../terraform/stack-model";
import { GatewayError } from "./gateway-error";
import { eventOf } from "./lambda-event";
import { identitySource, identityValidation, requirePresent } from "./identity-source";
import type { RoutedRequest } from "./routing";
import { messageOf } from "../../errors/mistake";

/** What an authorizer decided about one identity. */
export interface AuthorizerResult {
  readonly policy: PolicyDocument;
  /** `$context.authorizer`. */
  readonly context: Readonly<Record<string, string>>;
  readonly usageIdentifierKey: string | undefined;
  /** By method ARN; kept where nothing else of a request can change them. */
  readonly decisions: Map<string, PolicyDecision> | undefined;
}

/** What an authorizer says of a request, now or as it said before. */
interface AuthorizerAnswer {
  /** The authorizer's name. */
  readonly authorizer: string;
  readonly result: AuthorizerResult;
  readonly cached: boolean;
}

/** Asks a method's authorizer about a request. */
export type AskAuthorizer = (request: RoutedRequest) => Promise<AuthorizerAnswer>;

/** What an authorizer depends on. */
interface AuthorizerParts {
  readonly authorizer: LambdaAuthorizer;
  readonly stage: Stage;
  readonly invoker: FunctionInvoker;
  /** Whether API Gateway may call the function; if not, every call is AWS's 500. */
  readonly mayInvoke: boolean;
  readonly cache: AuthorizerResultCache;
}

/**
 * A Lambda authorizer with its result cache.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 * @throws JavaPatternError for a validation expression that is not a regular expression, SyntaxError for an unknown identity source.
 */
export function prepareLambdaAuthorizer(parts: AuthorizerParts): AskAuthorizer {
  const { authorizer, stage, cache } = parts;
  const { name } = authorizer;
  const identityOf = prepareIdentity(authorizer);
  return async (request) => {
    const { token, cacheKey } = identityOf(request);
    if (cacheKey === undefined) {
      return { authorizer: name, result: await call(parts, request, token), cached: false };
    }
    const key = `${stage.name}\n${authorizer.id}\n${cacheKey}`;
    const hit = cache.get(key, request.receivedAt);
    const result = hit ?? (await call(parts, request, token));
    if (hit === undefined) cache.set(key, result, request.receivedAt + authorizer.resultTtlInSeconds * 1000);
    return { authorizer: name, result, cached: hit !== undefined };
  };
}

/** Whom a request says it is from. */
interface Identity {
  /** The authorizer's token; empty for REQUEST authorizers. */
  readonly token: string;
  /** Under what the authorizer's answer is kept; undefined where nothing is kept. */
  readonly cacheKey: string | undefined;
}

/**
 * Reads an authorizer's identity sources. A missing or empty one, or a token that the validation expression does not
 * match, is 401 without a call of the function; a REQUEST authorizer without a cache is called all the same.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization-with-console.html
 */
function prepareIdentity(authorizer: LambdaAuthorizer): (request: RoutedRequest) => Identity {
  const caches = authorizer.resultTtlInSeconds > 0;
  const sources = authorizer.identitySources.map(identitySource);
  if (authorizer.type === "REQUEST") {
    return (request) => {
      if (!caches) return { token: "", cacheKey: undefined };
      const values = sources.map((read) => requirePresent(read(request)));
      return { token: "", cacheKey: JSON.stringify(values) };
    };
  }
  const [tokenSource = identitySource("method.request.header.Authorization")] = sources;
  const isValid = identityValidation(authorizer.identityValidationExpression);
  return (request) => {
    const token = requirePresent(tokenSource(request));
    if (!isValid(token)) throw new GatewayError("UNAUTHORIZED");
    return { token, cacheKey: caches ? token : undefined };
  };
}

/** Milliseconds that API Gateway waits for an authorizer. */
const LONGEST_CALL = 29_000;

async function call(
  { authorizer, mayInvoke, invoker }: AuthorizerParts,
  request: RoutedRequest,
  token: string,
): Promise<AuthorizerResult> {
  if (!mayInvoke) throw configurationError();
  const event =
    authorizer.type === "TOKEN"
      ? { type: "TOKEN", authorizationToken: token, methodArn: request.methodArn }
      : requestEvent(request);
  let answer: InvocationResult;
  try {
    answer = await invoker.invoke(authorizer.functionArn, event, AbortSignal.timeout(LONGEST_CALL));
  } catch (error) {
    throw new GatewayError("AUTHORIZER_FAILURE", undefined, { cause: error });
  }
  if (answer.ok) return readResult(answer.payload);
  if (answer.errorMessage === "Unauthorized") throw new GatewayError("UNAUTHORIZED");
  throw configurationError(`The authorizer's function failed: ${answer.errorMessage ?? "no message"}`);
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html */
function requestEvent(request: RoutedRequest): object {
  const path = request.incoming.path.replace(/^\/*[^/]*/, "");
  return { type: "REQUEST", methodArn: request.methodArn, ...eventOf(request, path) };
}

/** @param reason why, as the trace tells it */
function configurationError(reason?: string): GatewayError {
  const cause = reason === undefined ? undefined : new Error(reason);
  return new GatewayError("AUTHORIZER_CONFIGURATION_ERROR", undefined, { cause });
}

type AnsweredParts = Partial<
  Record<"principalId" | "policyDocument" | "context" | "usageIdentifierKey", unknown>
>;

/** What a function returned must have a principal, a policy and, if any, a flat context. */
function readResult(value: unknown): AuthorizerResult {
  const { principalId, policyDocument, context, usageIdentifierKey } = (value ?? {}) as AnsweredParts;
  if (typeof principalId !== "string") {
    throw configurationError("The authorizer's answer has no principalId.");
  }
  const policy = readAnsweredPolicy(policyDocument);
  return {
    policy,
    decisions: isStatic(policy) ? new Map() : undefined,
    context: { ...stringified(context ?? {}), principalId },
    usageIdentifierKey: typeof usageIdentifierKey === "string" ? usageIdentifierKey : undefined,
  };
}

function readAnsweredPolicy(policyDocument: unknown): PolicyDocument {
  try {
    return readPolicy(policyDocument, "authorizer");
  } catch (error) {
    const reason = messageOf(error);
    throw configurationError(`The authorizer's policyDocument is not a policy: ${reason}`);
  }
}

/** Conditions and policy variables look at more of a request than its method. */
function isStatic(policy: PolicyDocument): boolean {
  return !/"Condition"|\$\{/.test(JSON.stringify(policy));
}

function stringified(context: object): Record<string, string> {
  const strings: Record<string, string> = {};
  for (const [key, value] of Object.entries(context) as [string, unknown][]) {
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
      throw configurationError(`The authorizer's context value "${key}" is not a string, number or boolean.`);
    }
    strings[key] = String(value);
  }
  return strings;
}

interface CacheEntry {
  readonly result: AuthorizerResult;
  readonly expiresAt: number;
}

const CAPACITY = 10_000;

/** Authorizer results until they expire. The oldest go first when there are too many. */
export class AuthorizerResultCache {
  private readonly entries = new Map<string, CacheEntry>();

  /** Times in milliseconds. */
  public get(key: string, now: number): AuthorizerResult | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.expiresAt > now) return entry.result;
    this.entries.delete(key);
    return undefined;
  }

  public set(key: string, result: AuthorizerResult, expiresAt: number): void {
    this.entries.delete(key);
    this.entries.set(key, { result, expiresAt });
    if (this.entries.size <= CAPACITY) return;
    const [oldest] = this.entries.keys();
    if (oldest !== undefined) this.entries.delete(oldest);
  }
}
