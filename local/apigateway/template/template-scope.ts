import type { TemplateVariables } from "./template-variables";
import type { RoutedRequest } from "../routing";

/**
 * Headers that `$input.params()` does not show.
 * Recorded on AWS; its documentation has them as "important notes".
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const INVISIBLE_HEADERS: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "content-md5",
  "expect",
  "max-forwards",
  "proxy-authenticate",
  "server",
  "te",
  "transfer-encoding",
  "trailer",
  "upgrade",
  "www-authenticate",
]);

/** What a mapping template sees: the given payload (`{}` for an empty one), and the caller's parameters. */
export function templateScope(request: RoutedRequest, body: string): TemplateVariables {
  return {
    input: { body: body === "" ? "{}" : body, params: new RequestParameters(request) },
    context: request.context,
    stageVariables: { ...request.stageVariables },
    notes: request.templateNotes,
  };
}

/** Put together only when a template asks for them, which ours do not. */
class RequestParameters {
  private readonly request: RoutedRequest;

  constructor(request: RoutedRequest) {
    this.request = request;
  }

  public get path(): Record<string, string> {
    return { ...this.request.pathParameters };
  }

  public get querystring(): Record<string, string> {
    return this.request.query.toSingleValues();
  }

  public get header(): Record<string, string> {
    return this.request.headers.toSingleValues(INVISIBLE_HEADERS);
  }
}
