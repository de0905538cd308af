import type { Method, Resource, RestApi } from "../../terraform/stack-model";
import { internalServerError } from "../gateway-error";
import type { PreparedIntegration } from "../integration";

/** An integration that the gateway can't call. The caller is answered as by AWS where a configuration does not work. */
export function notServedIntegration(address: string, reason: string): PreparedIntegration {
  const fail = (): never => {
    throw internalServerError(new Error(`${address} is not served: ${reason}`));
  };
  return { mapRequest: fail, callIntegration: fail, mapResponse: fail };
}

/** One line for each method that is not served. @param reasonOf why, if it is not */
export function notServedMethods(
  { resources }: RestApi,
  reasonOf: (method: Method) => string | undefined,
): string[] {
  return resources.flatMap((resource) =>
    Object.values(resource.methods).flatMap((method) => {
      const reason = reasonOf(method);
      return reason === undefined ? [] : line(resource, method, reason);
    }),
  );
}

function line({ path }: Resource, { httpMethod, integration }: Method, reason: string): string {
  return `${integration.address}: ${httpMethod} ${path} is answered 500, for ${reason}.`;
}
