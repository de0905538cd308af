import type { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { ApiGatewayIntegrationResponse } from "@cdktf/provider-aws/lib/api-gateway-integration-response";
import { ApiGatewayMethodResponse } from "@cdktf/provider-aws/lib/api-gateway-method-response";
import { Construct } from "constructs";
import type { CrossOrigin } from "./cors";
import { literal } from "../literal";

/** Props of {@link ResponseMapping}. */
export interface ResponseMappingProps {
  readonly integration: ApiGatewayIntegration;
  /** Status for the caller, unless the template overrides it. */
  readonly statusCode: number;
  /**
   * Regular expression over the backend's status.
   * @default - the default response, for whatever no other one selects
   */
  readonly selectionPattern?: string;
  /**
   * Response template.
   * @default - the backend's answer as it is
   */
  readonly template?: string;
  /** Static headers by name. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly crossOrigin: CrossOrigin;
}

/** One way from the backend's answer to the caller's: an integration response and the method response it needs. */
export class ResponseMapping extends Construct {
  constructor(scope: Construct, id: string, props: ResponseMappingProps) {
    super(scope, id);
    const { integration, statusCode, selectionPattern, crossOrigin } = props;
    const { restApiId, resourceId, httpMethod } = integration;
    const template = responseTemplate(props);
    const headers = Object.entries({ ...props.headers, ...crossOrigin.headers }).map(
      ([name, value]) => [`method.response.header.${name}`, value] as const,
    );
    const methodResponse = new ApiGatewayMethodResponse(this, "MethodResponse", {
      restApiId,
      resourceId,
      httpMethod,
      statusCode: String(statusCode),
      responseModels: { "application/json": "Empty" },
      responseParameters: Object.fromEntries(headers.map(([name]) => [name, true])),
    });
    new ApiGatewayIntegrationResponse(this, "IntegrationResponse", {
      restApiId,
      resourceId,
      httpMethod,
      statusCode: methodResponse.statusCode,
      ...(selectionPattern === undefined ? {} : { selectionPattern }),
      responseTemplates: template === undefined ? {} : { "application/json": literal(template) },
      responseParameters: Object.fromEntries(headers),
      dependsOn: [integration],
      // An integration that is made anew has none of its responses, and no other attribute of theirs would say so.
      lifecycle: { replaceTriggeredBy: [idOf(integration)] },
    });
  }
}

/** The attribute, as `lifecycle` wants it: no expression. */
function idOf({ terraformResourceType, friendlyUniqueId }: ApiGatewayIntegration): string {
  return `${terraformResourceType}.${friendlyUniqueId}.id`;
}

/** A template that names the origin needs a body, too: the backend's, where there is no other. */
function responseTemplate({ template, crossOrigin }: ResponseMappingProps): string | undefined {
  if (crossOrigin.templatePrefix === "") return template;
  return `${crossOrigin.templatePrefix}${template ?? "$input.body"}`;
}
