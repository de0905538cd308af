import type { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import type { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import { Construct } from "constructs";
import { errorBody } from "../../mapping/error-template";
import { echoRequestTemplate, echoTemplate } from "../../mapping/handshake-template";
import type { Constant, Echo, Sender } from "../../webhooks/sender";
import { NO_CROSS_ORIGIN } from "../api/cors";
import { addMockMethod } from "../api/mock-method";
import { ResponseMapping } from "../api/response-mapping";

/** No browser takes an echo for anything else than what it says it is. */
const NOSNIFF = { "X-Content-Type-Options": "'nosniff'" };

/** Headers of an echo that is text. */
export const PLAIN_TEXT = { "Content-Type": "'text/plain'", ...NOSNIFF };

/** A handshake that is a method of its own, which API Gateway answers. */
export type MockHandshake = Echo | Constant;

/** A sender's handshakes that are methods of their own. */
export function mockHandshakes({ handshakes = [] }: Sender): MockHandshake[] {
  return handshakes.filter(
    (handshake): handshake is MockHandshake => handshake.kind === "echo" || handshake.kind === "constant",
  );
}

/** Props of {@link addHandshakes}. */
export interface HandshakeProps {
  readonly resource: ApiGatewayResource;
  /** References to the sensitive variables with the verify token. Needed where the handshake compares one. */
  readonly verifyTokens: readonly string[];
}

/**
 * Adds the methods by which a sender finds out that a URL wants its deliveries. They are open: no sender shows a credential in each of
 * its handshakes, and nothing reaches a queue by them. A sender may name the type of its deliveries here, too, where there is no body:
 * none documents it, and a 415 would end the registration.
 */
export function addHandshakes(
  scope: Construct,
  sender: Sender,
  { resource, verifyTokens }: HandshakeProps,
): void {
  for (const handshake of mockHandshakes(sender)) {
    const own = new Construct(scope, `Handshake${handshake.verb}`);
    const addMock = (template: string) =>
      addMockMethod(own, resource, handshake.verb, template, sender.contentTypes);
    if (handshake.kind === "echo") addEcho(own, handshake, verifyTokens, addMock);
    else addConstant(own, handshake, addMock);
  }
}

type AddMock = (requestTemplate: string) => ApiGatewayIntegration;

function addEcho(
  scope: Construct,
  { challenge, as, verifyToken }: Echo,
  verifyTokens: readonly string[],
  addMock: AddMock,
): void {
  const template = echoRequestTemplate(
    challenge,
    verifyToken && { source: verifyToken, values: verifyTokens },
  );
  const shared = { integration: addMock(template), crossOrigin: NO_CROSS_ORIGIN };
  new ResponseMapping(scope, "Echo", {
    ...shared,
    statusCode: 200,
    selectionPattern: "200",
    template: echoTemplate(challenge, as),
    headers: as === "text" ? PLAIN_TEXT : { "Content-Type": "'application/json'", ...NOSNIFF },
  });
  new ResponseMapping(scope, "Refusal", {
    ...shared,
    statusCode: 403,
    template: errorBody("HANDSHAKE_REFUSED", "The challenge or the verify token is missing or not right."),
  });
}

function addConstant(scope: Construct, { headers = {} }: Constant, addMock: AddMock): void {
  new ResponseMapping(scope, "Answer", {
    integration: addMock('{"statusCode": 200}'),
    statusCode: 200,
    template: "",
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, `'${value}'`])),
    crossOrigin: NO_CROSS_ORIGIN,
  });
}
