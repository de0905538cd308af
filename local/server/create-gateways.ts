import { Gateway, type GatewayServices } from "../apigateway/gateway";
import type { RequestTrace } from "../apigateway/request-trace";
import { LambdaEndpointInvoker } from "../lambda/lambda-endpoint-invoker";
import type { S3Service } from "../s3/s3-service";
import type { SqsService } from "../sqs/sqs-service";
import { StackError } from "../terraform/stack-error";
import type { Callers } from "./callers";
import { type CustomDomain, customDomains } from "./custom-domain";
import type { LoadedStacks } from "./load-stacks";
import type { Page } from "./page/page";
import { requestLine } from "./request-line";
import type { Gateways } from "./server";

/** Who is told of requests. */
export interface Listeners {
  /** Is told of every request once it is answered. */
  readonly onTrace?: ((trace: RequestTrace) => void) | undefined;
  /** Is told of every request in one line for a terminal, with the cause of each 5xx and without tokens and keys. */
  readonly log?: ((line: string) => void) | undefined;
  /**
   * Is told of every request in the line of its stage's access log, or of the one that the stacks write by default: JSON, which
   * `JSON.parse` reads, unless the stage's format is none.
   */
  readonly accessLog?: ((line: string) => void) | undefined;
  /** Is told of as many as it wants. */
  readonly page?: Page | undefined;
}

/** What stays the same, whatever stacks are served. */
interface GatewayParts {
  readonly sqs: SqsService;
  readonly s3?: S3Service | undefined;
  readonly callers: Callers;
}

/** A gateway for each API of the stacks, and the custom domains that lead to them. */
export function createGateways(
  { apis, invoker }: LoadedStacks,
  { sqs, s3, callers }: GatewayParts,
  listeners: Listeners,
): Gateways {
  refuseWithoutStages(apis);
  const gateways = new Map(
    apis.map(({ name, prefix, stack, api }) => [
      prefix,
      new Gateway(stack, api, {
        sqs,
        s3,
        invoker,
        lambda: invoker instanceof LambdaEndpointInvoker ? invoker : undefined,
        identities: callers.identitiesOf(api),
        userPoolKeys: callers.userPoolKeys,
        accessLog: listeners.accessLog,
        ...tracing(name, listeners),
      }),
    ]),
  );
  return new Map<string, Gateway | CustomDomain>([...customDomains(apis, gateways), ...gateways]);
}

/** Nothing would be served. */
function refuseWithoutStages(apis: LoadedStacks["apis"]): void {
  if (apis.some(({ api }) => api.stages.length > 0)) return;
  throw new StackError(
    ...apis.map(({ api }) => ({
      address: api.address,
      wrong: "has no stage, and so no URL",
      mend: "Add an aws_api_gateway_deployment and an aws_api_gateway_stage for it",
    })),
  );
}

function tracing(
  stack: string,
  { onTrace, log, page }: Listeners,
): Pick<GatewayServices, "onTrace" | "wantsTrace"> {
  const wantsAll = onTrace !== undefined || log !== undefined;
  if (!wantsAll && page === undefined) return {};
  return {
    onTrace: (trace, secrets) => {
      onTrace?.(trace);
      log?.(requestLine(stack, trace, secrets));
      if (!wantsAll || page?.log.wants()) page?.log.add(stack, trace, secrets);
    },
    wantsTrace: wantsAll ? undefined : page?.log.wants,
  };
}
