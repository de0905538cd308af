import { JavaPatternError } from "../../aws/java-pattern/java-pattern-error";
import { compileTemplate } from "./compile-template";
import type { Render } from "./compiler";
import { ContextMap, type ContextWrites } from "./context-map";
import { InputObject } from "./input-object";
import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import { parseTemplate } from "../../aws/velocity/parse-template";
import { plainValue } from "./plain-value";
import { RenderFrame } from "./render-frame";
import { StopCommand } from "./stop-command";
import type { TemplateVariables } from "./template-variables";
import { unknownMethods } from "./unknown-methods";
import { UtilObject } from "./util-object";

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
    /** What is wrong with the source, if anything: API Gateway takes it at deployment and fails each request. */
    readonly syntaxError?: MappingTemplateError,
    /** Methods that are called though nothing has them, a sentence for each. */
    readonly unknownMethods: readonly string[] = [],
  ) {}

  /** Prepares a template once for many renderings. A syntax error is kept in `syntaxError`, and thrown by `render`. */
  static parse(source: string): MappingTemplate {
    try {
      const nodes = parseTemplate(source);
      return new MappingTemplate(compileTemplate(nodes), undefined, unknownMethods(nodes));
    } catch (error) {
      const syntaxError = asTemplateError(error);
      return new MappingTemplate(() => {
        throw syntaxError;
      }, syntaxError);
    }
  }

  /** @throws MappingTemplateError where API Gateway answers 500 */
  render(variables: TemplateVariables): string {
    const writes: ContextWrites = [];
    addOverrides(variables.context);
    const frame = new RenderFrame(
      new Map<string, unknown>([
        ["input", new InputObject(variables.input)],
        ["util", UTIL],
        ["context", new ContextMap(variables.context, writes)],
        ["stageVariables", new Map(Object.entries(variables.stageVariables))],
      ]),
      variables.notes ?? new Set(),
    );
    try {
      this.renderNodes(frame);
    } catch (error) {
      if (!(error instanceof StopCommand)) throw asTemplateError(error);
    }
    for (const [container, key] of writes) {
      container[key] = plainValue(container[key]);
    }
    return frame.output;
  }
}

/** Adds the kinds of override that are missing. What the caller put there stays the same object. */
function addOverrides(context: Record<string, unknown>): void {
  addMissing(context, "requestOverride", ["path", "header", "querystring"]);
  addMissing(context, "responseOverride", ["header"]);
}

function addMissing(context: Record<string, unknown>, name: string, kinds: string[]): void {
  const override = (context[name] ??= {}) as Record<string, unknown>;
  for (const kind of kinds) {
    override[kind] ??= {};
  }
}

/** The engine's own limits, stack and string length, end a template in the same way as its mistakes. */
function asTemplateError(error: unknown): MappingTemplateError {
  if (error instanceof MappingTemplateError) {
    return error;
  }
  if (error instanceof JavaPatternError) {
    return new MappingTemplateError(error.message, { cause: error });
  }
  if (error instanceof RangeError) {
    return new MappingTemplateError(`the template needs too much: ${error.message}`, { cause: error });
  }
  throw error;
}
