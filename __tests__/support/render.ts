import { MappingTemplate, type TemplateVariables } from "../../local/apigateway/template/mapping-template";

/** What a test says about the request; the rest is empty. */
export interface Given {
  body?: string;
  path?: Record<string, string>;
  querystring?: Record<string, string>;
  header?: Record<string, string>;
  context?: Record<string, unknown>;
  stageVariables?: Record<string, string>;
}

/** Renders a template for the request described. */
export function render(template: string, given: Given = {}): string {
  const { body = "{}", path = {}, querystring = {}, header = {}, context = {}, stageVariables = {} } = given;
  const variables: TemplateVariables = {
    input: { body, params: { path, querystring, header } },
    context,
    stageVariables,
  };
  return MappingTemplate.parse(template).render(variables);
}
