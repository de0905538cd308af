import { randomUUID } from "node:crypto";
import type { Gateway } from "../apigateway/gateway";
import type { IncomingRequest } from "../apigateway/request";
import type { OutgoingResponse } from "../apigateway/response";
import type { DomainMapping } from "../terraform/stack-model";
import type { MountedApi } from "./mount-apis";

/** A base path of a domain, and the gateway that it leads to. */
interface Mapped extends Pick<DomainMapping, "stage" | "basePath"> {
  readonly gateway: Gateway;
}

/**
 * A custom domain: hands a request to the API at its base path, or else to the one that has the whole domain.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html
 */
export class CustomDomain {
  /** Those of the gateways are their own. */
  public readonly startWarnings: readonly string[] = [];
  private readonly mappings = new Map<string, Mapped>();

  constructor(private readonly name: string) {}

  public add(mapped: Mapped): void {
    this.mappings.set(mapped.basePath, mapped);
  }

  /** @param incoming with its path from the base path on */
  public async handle(incoming: IncomingRequest): Promise<OutgoingResponse> {
    const [, first = "", rest = ""] = /^\/*([^/]*)(.*)$/s.exec(incoming.path) ?? [];
    const below = this.mappings.get(first);
    const mapped = below ?? this.mappings.get("");
    if (mapped === undefined) return forbidden();
    const path = below === undefined ? incoming.path : rest;
    return mapped.gateway.handle({
      ...incoming,
      path: mapped.stage === undefined ? path : `/${mapped.stage}${path}`,
      domain: { name: this.name, path: incoming.path },
    });
  }
}

/** The custom domains that lead to the APIs, by name. */
export function customDomains(
  apis: readonly MountedApi[],
  gateways: ReadonlyMap<string, Gateway>,
): ReadonlyMap<string, CustomDomain> {
  const domains = new Map<string, CustomDomain>();
  for (const { prefix, api } of apis) {
    const gateway = gateways.get(prefix);
    if (gateway === undefined) continue;
    for (const { domainName, basePath, stage } of api.domains ?? []) {
      const domain = domains.get(domainName) ?? new CustomDomain(domainName);
      domain.add({ gateway, basePath, stage });
      domains.set(domainName, domain);
    }
  }
  return domains;
}

/** AWS's answer where a domain has no mapping for a path. */
function forbidden(): OutgoingResponse {
  return {
    status: 403,
    headers: [
      ["x-amzn-RequestId", randomUUID()],
      ["x-amzn-ErrorType", "ForbiddenException"],
      ["Content-Type", "application/json"],
    ],
    body: JSON.stringify({ message: "Forbidden" }),
  };
}
