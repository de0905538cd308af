/**
 * What one request or response offers its mapping template.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export interface TemplateVariables {
  input: {
    /** The raw payload as text. API Gateway shows an empty payload as `{}`: the caller puts that in. */
    body: string;
    params: {
      path: Record<string, string>;
      querystring: Record<string, string>;
      header: Record<string, string>;
    };
  };
  /**
   * `$context`. Rendering changes it in place: overrides set by the template are read back from `requestOverride` and
   * `responseOverride`, which are made when absent.
   */
  context: Record<string, unknown>;
  stageVariables: Record<string, string>;
  /** Rendering adds what the template's author should know, such as a call of a method that does not exist. */
  notes?: Set<string>;
}
