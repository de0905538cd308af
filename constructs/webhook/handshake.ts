import type { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import { Construct } from "constructs";
import { errorBody } from "../../mapping/error-template";
import { echoRequestTemplate, echoTemplate } from "../../mapping/handshake-template";
import type { Constant, Echo, Sender } from "../../webhooks/sender";
import { NO_CROSS_ORIGIN } from "../api/cors";
import { addMockMethod } from "../api/mock-method";
import { ResponseMapping } from "../api/response-mapping";

/** No browser takes an echo for anything else than what it says it is. */
export const NOSNIFF = { "X-Content-Type-Options": "'nosniff'" };

/** A handshake that is a method of its own, which API Gateway answers. */
export type MockHandshake = Echo | Constant;

/** A sender's handshakes that are methods of their own. */
export function mockHandshakes({ handshakes = [] }: Sender): MockHandshake[] {
  return handshakes.filter(
    (handshake): handshake is MockHandshake => handshake.kind === "echo" || handshake.kind === "constant",
  );
}

/** Props of {@link addHandshake}. */
export interface HandshakeProps {
  readonly resource: ApiGatewayResource;
  /** References to the sensitive variables with the verify token. Needed where the handshake compares one. */
  readonly verifyTokens: readonly string[];
}

/**
 * Adds the method by which a sender finds out that a URL wants its deliveries. It is open: no sender shows a credential in each of its
 * handshakes, and nothing reaches a queue by it.
 */
export function addHandshake(scope: Construct, handshake: MockHandshake, props: HandshakeProps): void {
  const own = new Construct(scope, `Handshake${handshake.verb}`);
  if (handshake.kind === "echo") addEcho(own, handshake, props);
  else addConstant(own, handshake, props);
}

function addEcho(
  scope: Construct,
  { verb, challenge, as, verifyToken }: Echo,
  { resource, verifyTokens }: HandshakeProps,
): void {
  const template = echoRequestTemplate(
    challenge,
    verifyToken && { source: verifyToken, values: verifyTokens },
  );
  const integration = addMockMethod(scope, resource, verb, template);
  const shared = { integration, crossOrigin: NO_CROSS_ORIGIN };
  new ResponseMapping(scope, "Echo", {
    ...shared,
    statusCode: 200,
    selectionPattern: "200",
    template: echoTemplate(challenge, as),
    headers: { "Content-Type": as === "text" ? "'text/plain'" : "'application/json'", ...NOSNIFF },
  });
  new ResponseMapping(scope, "Refusal", {
    ...shared,
    statusCode: 403,
    template: errorBody("HANDSHAKE_REFUSED", "The challenge or the verify token is missing or not right."),
  });
}

function addConstant(scope: Construct, { verb, headers = {} }: Constant, { resource }: HandshakeProps): void {
  new ResponseMapping(scope, "Answer", {
    integration: addMockMethod(scope, resource, verb, '{"statusCode": 200}'),
    statusCode: 200,
    template: "",
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, `'${value}'`])),
    crossOrigin: NO_CROSS_ORIGIN,
  });
}
