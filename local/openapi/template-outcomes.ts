import { parseTemplate } from "../../aws/velocity/parse-template";
import type {
  Branch,
  Expression,
  ForeachNode,
  Reference,
  TemplateNode,
} from "../../aws/velocity/template-node";

/** Stands in a text for what only a request tells. */
export const UNKNOWN = "\uE000";

/** One way in which a template can go: what it prints, with {@link UNKNOWN} in it, and what it overrides. */
export interface Outcome {
  readonly text: string;
  /** `$context.responseOverride.status`, where it is set to what is known. */
  readonly status?: number;
  /** `$context.responseOverride.header`; {@link UNKNOWN} in what only a request tells. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Where a template goes more ways than these, what they print and set is forgotten; what they override is not. */
const MOST_PATHS = 500;

/**
 * All ways in which a mapping template can go, found without a request: literals are followed through `#set` and into
 * conditions, a condition on anything else goes both ways, and a loop runs not at all or once.
 * @returns none for a template that can't be parsed, which API Gateway answers with 500
 */
export function templateOutcomes(source: string): readonly Outcome[] {
  let nodes: TemplateNode[];
  try {
    nodes = parseTemplate(source);
  } catch {
    return [];
  }
  const outcomes = run(nodes, [START]).map(({ text, status, headers }) => ({
    text,
    headers,
    ...(status !== undefined && { status }),
  }));
  return distinct(outcomes);
}

type Values = Readonly<Record<string, unknown>>;

interface State extends Outcome {
  /** What is known of variables. */
  readonly known: Values;
  readonly stopped: boolean;
}

const START: State = { text: "", headers: {}, known: {}, stopped: false };

function run(nodes: readonly TemplateNode[], states: readonly State[]): readonly State[] {
  let current = states;
  for (const node of nodes) {
    current = distinct(current.flatMap((state) => (state.stopped ? [state] : step(node, state))));
    if (current.length > MOST_PATHS) {
      current = distinct(current.map((state) => ({ ...state, text: UNKNOWN, known: {} })));
    }
  }
  return current;
}

function step(node: TemplateNode, state: State): readonly State[] {
  switch (node.type) {
    case "text":
      return [{ ...state, text: state.text + node.text }];
    case "print":
      return [{ ...state, text: state.text + textOf(valueOf(node.reference, state)) }];
    case "set":
      return [assign(node.target, evaluate(node.value, state), state)];
    case "if":
      return branchOut(node.branches, node.otherwise, state);
    case "foreach":
      return loop(node, state);
    case "define":
      return [{ ...state, known: { ...state.known, [node.variable]: undefined } }];
    case "stop":
      return [{ ...state, stopped: true }];
    case "break":
      return [state];
  }
}

function assign({ variable, steps }: Reference, value: unknown, state: State): State {
  if (steps.length === 0) return { ...state, known: { ...state.known, [variable]: value } };
  const [group, part, name, ...more] = steps.map(nameOfStep);
  if (variable !== "context" || group !== "responseOverride" || more.length > 0) return state;
  if (part === "status" && name === undefined) return { ...state, status: statusOf(value) ?? state.status };
  if (part !== "header" || name === undefined) return state;
  return { ...state, headers: { ...state.headers, [name]: textOf(value) } };
}

function nameOfStep(step: Reference["steps"][number]): string | undefined {
  if (step.type === "property") return step.name;
  return step.type === "index" && step.index.type === "literal" ? String(step.index.value) : undefined;
}

function statusOf(value: unknown): number | undefined {
  const status = value === undefined ? Number.NaN : Number(textOf(value));
  return Number.isInteger(status) && status >= 100 && status <= 599 ? status : undefined;
}

function branchOut(
  branches: readonly Branch[],
  otherwise: readonly TemplateNode[],
  state: State,
): readonly State[] {
  const reached: State[] = [];
  for (const { condition, body } of branches) {
    const decided = evaluate(condition, state);
    if (decided === false) continue;
    reached.push(...run(body, [state]));
    if (decided !== undefined) return reached;
  }
  return [...reached, ...run(otherwise, [state])];
}

/** Behind a loop, nothing is known of what it prints and sets. */
function loop({ variable, body }: ForeachNode, state: State): readonly State[] {
  const changed = [variable, ...assignedIn(body)];
  const forgotten = { ...state.known, ...Object.fromEntries(changed.map((name) => [name, undefined])) };
  const skipped: State = { ...state, known: forgotten };
  const passed = run(body, [skipped]).map(({ text, ...after }): State => ({
    ...after,
    text: text === state.text ? text : state.text + UNKNOWN,
    known: forgotten,
  }));
  const prints = passed.some(({ text }) => text !== state.text);
  return [{ ...skipped, text: prints ? state.text + UNKNOWN : state.text }, ...passed];
}

function assignedIn(nodes: readonly TemplateNode[]): string[] {
  return nodes.flatMap((node) => {
    if (node.type === "set") return node.target.steps.length === 0 ? [node.target.variable] : [];
    if (node.type === "foreach") return [node.variable, ...assignedIn(node.body)];
    if (node.type !== "if") return [];
    return [...node.branches.flatMap(({ body }) => assignedIn(body)), ...assignedIn(node.otherwise)];
  });
}

/** Undefined for what only a request tells. */
function evaluate(expression: Expression, state: State): unknown {
  switch (expression.type) {
    case "literal":
      return expression.value ?? undefined;
    case "interpolation": {
      const [outcome, ...others] = run(expression.nodes, [{ ...state, text: "" }]);
      return outcome === undefined || others.length > 0 ? UNKNOWN : outcome.text;
    }
    case "reference":
      return valueOf(expression.reference, state);
    case "not": {
      const value = evaluate(expression.operand, state);
      return typeof value === "boolean" ? !value : undefined;
    }
    case "binary":
      return compare(
        expression.operator,
        evaluate(expression.left, state),
        evaluate(expression.right, state),
      );
    case "list":
    case "range":
    case "map":
      return undefined;
  }
}

function valueOf({ variable, steps }: Reference, { known }: State): unknown {
  return steps.length === 0 ? known[variable] : undefined;
}

function compare(operator: string, left: unknown, right: unknown): boolean | undefined {
  if (operator === "&&" && (left === false || right === false)) return false;
  if (operator === "&&" && left === true && right === true) return true;
  if (operator === "||" && (left === true || right === true)) return true;
  if (operator === "||" && left === false && right === false) return false;
  if (operator !== "==" && operator !== "!=") return undefined;
  const [one, other] = [textOf(left), textOf(right)];
  if (`${one}${other}`.includes(UNKNOWN) || typeof left !== typeof right) return undefined;
  return operator === "==" ? one === other : one !== other;
}

function textOf(value: unknown): string {
  const isKnown = ["string", "number", "bigint", "boolean"].includes(typeof value);
  return isKnown ? String(value) : UNKNOWN;
}

/** Each value once, however often it occurs. */
export function distinct<Value>(values: readonly Value[]): readonly Value[] {
  if (values.length < 2) return values;
  return [...new Map(values.map((value) => [keyOf(value), value])).values()];
}

function keyOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? `${part}n` : part));
}
