import type { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import { Construct } from "constructs";
import {
  registeringTemplate,
  registrationRequestTemplate,
  registrationTemplate,
} from "../../mapping/handshake-template";
import type { Registration, Sender } from "../../webhooks/sender";
import { NO_CROSS_ORIGIN } from "../api/cors";
import { addMockMethod } from "../api/mock-method";
import { ResponseMapping } from "../api/response-mapping";
import { PLAIN_TEXT } from "./handshake";

/** A sender's handshake whose value is in the body, if it has one. */
export function registrationOf({ handshakes = [] }: Sender): Registration | undefined {
  return handshakes.find((handshake) => handshake.kind === "registration");
}

/**
 * Adds, in the place of `POST`, a method that answers the handshake and nothing else. It is `ANY`: when the URL is registered, `POST`
 * comes beside it, and a request prefers its own verb. A `POST` whose integration becomes another one would be deleted by Terraform after
 * it was deployed, since an integration that has to be made anew has the place of the one before it.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/21907
 */
export function addRegistration(scope: Construct, resource: ApiGatewayResource, sender: Sender): void {
  const registration = registrationOf(sender);
  if (registration === undefined) throw new Error(`${sender.title}: has no handshake to be registered by`);
  const own = new Construct(scope, "Registration");
  const template = registrationRequestTemplate(registration);
  const shared = {
    integration: addMockMethod(own, resource, "ANY", template, sender.contentTypes),
    crossOrigin: NO_CROSS_ORIGIN,
  };
  new ResponseMapping(own, "Echo", {
    ...shared,
    statusCode: 200,
    selectionPattern: "200",
    template: registrationTemplate(),
    headers: PLAIN_TEXT,
  });
  new ResponseMapping(own, "Unavailable", {
    ...shared,
    statusCode: 503,
    template: registeringTemplate(),
    headers: { "Retry-After": "'1'" },
  });
}
