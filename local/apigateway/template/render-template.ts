import { MappingTemplateError } from "../../../aws/velocity/mapping-template-error";
import { RenderingLimitError } from "../../velocity/rendering-limit-error";
import { GatewayError, type ResponseType, internalServerError } from "../gateway-error";
import { MappingTemplate } from "./mapping-template";
import type { TemplateVariables } from "./template-variables";

/** Is told, as a gateway starts, what is served otherwise than its author may think: a line each. */
export type Warn = (warning: string) => void;

/** A mapping template, parsed once. A template that can't be parsed or rendered gives 500 at every request. */
export type Template = (variables: TemplateVariables) => string;

/** Templates by lower-case MIME type, in the order of their definition. */
export type Templates = ReadonlyMap<string, Template>;

/**
 * Parses every template of a map by MIME type.
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
