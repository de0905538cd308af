import type { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import { Construct } from "constructs";
import type { Authorization } from "../authorizer/authorization";
import type { Only } from "../setting";
import { allowedHeaders, type Cors, crossOrigin, type HeaderSettings } from "./cors";
import { addMockMethod } from "./mock-method";
import { ResponseMapping } from "./response-mapping";

/** Props of {@link CorsPreflight}. */
export interface CorsPreflightProps {
  readonly resource: ApiGatewayResource;
  readonly cors: Cors;
  /** The resource's other methods. */
  readonly verbs: readonly string[];
  /** What a page may set where `cors` does not say it. */
  readonly headers: HeaderSettings;
  /** Headers that the authorization asks for. */
  readonly authorizerHeaders: readonly string[];
}

/**
 * `OPTIONS` on a resource: API Gateway answers a browser's preflight itself. It is open, since browsers send no token
 * with it.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
 */
export class CorsPreflight extends Construct {
  constructor(scope: Construct, id: string, props: CorsPreflightProps) {
    super(scope, id);
    const { resource, cors } = props;
    const integration = addMockMethod(this, resource, "OPTIONS", '{"statusCode": 204}');
    new ResponseMapping(this, "Success", {
      integration,
      statusCode: 204,
      template: "",
      headers: preflightHeaders(props),
      crossOrigin: crossOrigin(cors),
    });
  }
}

/** Props of {@link addPreflight}. */
export interface PreflightProps extends Pick<CorsPreflightProps, "resource" | "verbs"> {
  readonly settings: HeaderSettings & { readonly cors: Cors | undefined };
  readonly authorizer?: Authorization | undefined;
}

/** Adds a {@link CorsPreflight} where the settings let pages call the resource. */
export function addPreflight(scope: Construct, id: string, props: PreflightProps): void {
  const { resource, verbs, settings, authorizer } = props;
  const { cors } = settings;
  if (!cors) return;
  const authorizerHeaders = authorizer?.headers ?? [];
  new CorsPreflight(scope, id, { resource, cors, verbs, headers: settings, authorizerHeaders });
}

type Entries = Only<"allowOrigins" | "allowHeaders" | "allowMethods" | "maxAgeSeconds", Cors>;

function preflightHeaders({
  cors,
  verbs,
  headers,
  authorizerHeaders,
}: CorsPreflightProps): Record<string, string> {
  const {
    allowHeaders = allowedHeaders(headers, authorizerHeaders),
    allowMethods,
    maxAgeSeconds,
  }: Entries = cors;
  const methods = allowMethods ?? [...verbs, "OPTIONS"];
  return {
    "Access-Control-Allow-Headers": `'${allowHeaders.join(",")}'`,
    "Access-Control-Allow-Methods": `'${methods.join(",")}'`,
    "Access-Control-Max-Age": `'${maxAgeSeconds}'`,
  };
}
