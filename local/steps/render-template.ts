import { MappingTemplate } from "../vtl/mapping-template";
import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import type { TemplateVariables } from "../vtl/template-variables";
import { internalServerError } from "./gateway-error";

/** A mapping template, parsed once. A template that can't be parsed or rendered gives 500 at every request. */
export type Template = (variables: TemplateVariables) => string;

/** Templates by lower-case MIME type, in the order of their definition. */
export type Templates = ReadonlyMap<string, Template>;

/** Parses every template of a map by MIME type. */
export function prepareTemplates(sources: Readonly<Record<string, string>>): Templates {
  return new Map(
    Object.entries(sources).map(([type, source]) => [type.toLowerCase(), prepareTemplate(source)]),
  );
}

function prepareTemplate(source: string): Template {
  const template = MappingTemplate.parse(source);
  return (variables) => {
    try {
      return template.render(variables);
    } catch (error) {
      if (error instanceof MappingTemplateError) throw internalServerError(error);
      throw error;
    }
  };
}
