/**
 * What makes API Gateway give up on a mapping template and answer 500: a template it cannot parse, an exception inside a
 * Java method (an index out of bounds, a bad regular expression) or a `#foreach` over more than 1,000 elements.
 */
export class MappingTemplateError extends Error {
  public override readonly name = "MappingTemplateError";
}
