import { JavaPatternError } from "../../../aws/java-pattern/java-pattern-error";
import { MappingTemplateError } from "../../../aws/velocity/mapping-template-error";
import { parseTemplate } from "../../../aws/velocity/parse-template";
import { compileTemplate } from "../../velocity/compile-template";
import { type Render, RenderFrame } from "../../velocity/render-frame";
import { ContextMap } from "./context-map";
import { InputObject, type TemplateInput } from "./input-object";
import { unknownMethods } from "./unknown-methods";
import { UtilObject } from "./util-object";

/**
 * What one request or response offers its mapping template.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export interface TemplateVariables {
  input: TemplateInput;
  /**
   * `$context`. Rendering changes it in place: overrides set by the template are read back from `requestOverride` and
   * `responseOverride`, which are made when absent.
   */
  context: Record<string, unknown>;
  stageVariables: Readonly<Record<string, string>>;
  /** Rendering adds what the template's author should know, such as a call of a method that does not exist. */
  notes?: Set<string>;
}

const UTIL = new UtilObject();

/**
 * A mapping template as API Gateway renders it: Velocity 1.7 in which a reference without a value is the empty string.
 * Left out: `$method`, WebSocket variables, and the Java methods that templates have no use for.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings.html
 */
export class MappingTemplate {
  private constructor(
    private readonly renderNodes: Render,
    /**
     * What is wrong with the source, a sentence each: a syntax error, for which API Gateway fails each request, or methods that
     * are called though nothing has them.
     */
    public readonly mistakes: readonly string[],
  ) {}

  /** Prepares a template once for many renderings, each of which throws a syntax error again. */
  public static parse(source: string): MappingTemplate {
    try {
      const nodes = parseTemplate(source);
      return new MappingTemplate(compileTemplate(nodes), unknownMethods(nodes));
    } catch (error) {
      const syntaxError = asTemplateError(error);
      return new MappingTemplate(() => {
        throw syntaxError;
      }, [syntaxError.message]);
    }
  }

  /** @throws MappingTemplateError where API Gateway answers 500 */
  public render(variables: TemplateVariables): string {
    const context = ContextMap.withOverrides(variables.context);
    const frame = new RenderFrame(
      new Map<string, unknown>([
        ["input", new InputObject(variables.input)],
        ["util", UTIL],
        ["context", context],
        ["stageVariables", new Map(Object.entries(variables.stageVariables))],
      ]),
      variables.notes ?? new Set(),
    );
    try {
      this.renderNodes(frame);
    } catch (error) {
      throw asTemplateError(error);
    }
    context.makePlain();
    return frame.finish();
  }
}

/** The engine's own limits, stack and string length, end a template in the same way as its mistakes. */
function asTemplateError(error: unknown): MappingTemplateError {
  if (error instanceof MappingTemplateError) return error;
  if (error instanceof JavaPatternError) return new MappingTemplateError(error.message, { cause: error });
  if (error instanceof RangeError) {
    return new MappingTemplateError(`the template needs too much: ${error.message}`, { cause: error });
  }
  throw error;
}
