import { MappingTemplateError } from "../../../aws/velocity/mapping-template-error";
import { RenderingLimitError } from "../../velocity/rendering-limits";
import { GatewayError, type ResponseType, internalServerError } from "../gateway-error";
import type { RoutedRequest } from "../routing";
import { MappingTemplate, type TemplateVariables } from "./mapping-template";

/** Is told, as a gateway starts, what is served otherwise than its author may think: a line each. */
export type Warn = (warning: string) => void;

/** A mapping template, parsed once. A template that can't be parsed or rendered gives 500 at every request. */
type Template = (variables: TemplateVariables) => string;

/** Templates by lower-case MIME type, in the order of their definition; undefined for an empty one, which passes the payload on. */
export type Templates = ReadonlyMap<string, Template | undefined>;

/**
 * Parses every template of a map by MIME type. API Gateway keeps an empty one as null, as its console does for "passthrough": recorded
 * on AWS for integration responses, inferred for requests. That such a template passes the payload on as it is has no recording.
 * @param attribute the map's address: `<resource>.request_templates`
 * @param tooLarge what a rendering over the limit of payloads is answered @default 500, as any other failure
 */
export function prepareTemplates(
  sources: Readonly<Record<string, string>>,
  attribute: string,
  warn: Warn,
  tooLarge?: ResponseType,
): Templates {
  return new Map(
    Object.entries(sources).map(([type, source]) => {
      if (source === "") return [type.toLowerCase(), undefined];
      const template = MappingTemplate.parse(source);
      for (const mistake of template.mistakes) warn(`${attribute}[${JSON.stringify(type)}]: ${mistake}`);
      return [type.toLowerCase(), prepareTemplate(template, tooLarge)];
    }),
  );
}

function prepareTemplate(template: MappingTemplate, tooLarge: ResponseType | undefined): Template {
  return (variables) => {
    try {
      return template.render(variables);
    } catch (error) {
      if (error instanceof RenderingLimitError && error.isOutput && tooLarge) {
        throw new GatewayError(tooLarge, undefined, { cause: error });
      }
      if (error instanceof MappingTemplateError) throw internalServerError(error);
      throw error;
    }
  };
}

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
    stageVariables: request.stageVariables,
    notes: request.templateNotes,
  };
}

/** Each kind is put together once a template asks for it. */
class RequestParameters {
  private headers: Record<string, string> | undefined;

  constructor(private readonly request: RoutedRequest) {}

  public get path(): Readonly<Record<string, string>> {
    return this.request.pathParameters;
  }

  public get querystring(): Record<string, string> {
    return this.request.query.toSingleValues();
  }

  public get header(): Record<string, string> {
    this.headers ??= this.request.headers.toSingleValues(INVISIBLE_HEADERS);
    return this.headers;
  }
}
