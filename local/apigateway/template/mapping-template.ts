import { JavaPatternError } from "../../../aws/java-pattern/java-pattern-error";
import { MappingTemplateError } from "../../../aws/velocity/mapping-template-error";
import { parseTemplate } from "../../../aws/velocity/parse-template";
import { compileTemplate } from "../../velocity/compile-template";
import type { Render } from "../../velocity/compiler";
import { ContextMap, type ContextWrites } from "../../velocity/context-map";
import { plainValue } from "../../velocity/plain-value";
import { RenderFrame } from "../../velocity/render-frame";
import { RenderingLimitError } from "../../velocity/rendering-limit-error";
import { StopCommand } from "../../velocity/stop-command";
import { weightOf } from "../../velocity/weight";
import { InputObject } from "./input-object";
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
      requireSmall(container[key]);
      container[key] = plainValue(container[key]);
    }
    return frame.finish();
  }
}

/** Headers and parameters have less than 10 KiB, and each list that another holds twice is copied twice. */
function requireSmall(value: unknown): void {
  if (weightOf(value) > 50_000) {
    throw new RenderingLimitError("a value of more than 100,000 items in $context, this gateway's limit");
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
  if (error instanceof MappingTemplateError) return error;
  if (error instanceof JavaPatternError) return new MappingTemplateError(error.message, { cause: error });
  if (error instanceof RangeError) {
    return new MappingTemplateError(`the template needs too much: ${error.message}`, { cause: error });
  }
  throw error;
}
