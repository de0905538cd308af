import { parseTemplate } from "../../aws/velocity/parse-template";
import {
  NO_OVERRIDES,
  type Overrides,
  UNKNOWN,
  nameOfStep,
  overriddenBy,
  textOf,
} from "./template-overrides";
import type {
  Branch,
  Expression,
  ForeachNode,
  Reference,
  TemplateNode,
} from "../../aws/velocity/template-node";

/** Stand in a text around what a loop prints, once for any number of times. */
export const LOOP_START = "\uE002";
export const LOOP_END = "\uE003";

/** One way in which a template can go: what it prints, with {@link UNKNOWN} in it, and what it overrides. */
export interface Outcome extends Overrides {
  readonly text: string;
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
  const outcomes = run(nodes, [START]).map(({ text, request, status, headers }) => ({
    text,
    request,
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

const START: State = { text: "", ...NO_OVERRIDES, known: {}, stopped: false };

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
      return [{ ...put(node.reference, state), text: state.text + textOf(valueOf(node.reference, state)) }];
    case "set": {
      const after = node.value.type === "reference" ? put(node.value.reference, state) : state;
      return [assign(node.target, evaluate(node.value, state), after)];
    }
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

function assign(target: Reference, value: unknown, state: State): State {
  const { variable, steps } = target;
  if (steps.length > 0) return { ...state, ...overriddenBy(target, state, value) };
  return { ...state, known: { ...state.known, [variable]: value } };
}

/** Calls of `put` override as `#set` does. */
function put({ variable, steps, source }: Reference, state: State): State {
  const call = steps.at(-1);
  if (variable !== "context" || call?.type !== "method" || !call.name.startsWith("put")) return state;
  const [name, value] = call.args.map((argument) => evaluate(argument, state));
  const index: Expression = { type: "literal", value: name ?? UNKNOWN };
  const target: Reference = { variable, steps: [...steps.slice(0, -1), { type: "index", index }], source };
  return { ...state, ...overriddenBy(target, state, value) };
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

/**
 * None of it, or the first pass, which stands for all: what that prints is marked, and of what it sets nothing is known behind the loop.
 * What only another pass overrides is one way more.
 */
function loop({ variable, body }: ForeachNode, state: State): readonly State[] {
  const changed = [variable, ...assignedIn(body)];
  const forgotten = { ...state.known, ...Object.fromEntries(changed.map((name) => [name, undefined])) };
  const skipped: State = { ...state, known: forgotten };
  const only = run(body, [
    { ...state, text: "", known: { ...state.known, [variable]: undefined, ...ONLY_PASS } },
  ]);
  const overridden = new Set(only.map(overridesOf));
  const others = run(body, [{ ...skipped, text: "" }]).filter((after) => !overridden.has(overridesOf(after)));
  const passes = [...only, ...others];
  const isLegible = new Set(passes.map(({ text }) => text)).size <= MOST_PASSES;
  const passed = passes.map(({ text, ...after }): State => {
    const printed = text === "" ? "" : isLegible ? `${LOOP_START}${text}${LOOP_END}` : UNKNOWN;
    return { ...after, text: state.text + printed, known: forgotten };
  });
  return [skipped, ...passed];
}

/** Where a pass goes more ways than these, what it prints is forgotten. */
const MOST_PASSES = 20;

/** What a loop tells of its passes, where there is but one. */
const ONLY_PASS: Values = {
  "foreach.index": 0,
  "foreach.count": 1,
  "foreach.hasNext": false,
  "foreach.first": true,
  "foreach.last": true,
  velocityCount: 1,
  velocityHasNext: false,
};

function overridesOf({ request, status, headers }: State): string {
  return JSON.stringify([request, status, headers]);
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
  const names = [variable, ...steps.map(nameOfStep)];
  return names.includes(undefined) ? undefined : known[names.join(".")];
}

function compare(operator: string, left: unknown, right: unknown): boolean | undefined {
  if (operator === "&&" && (left === false || right === false)) return false;
  if (operator === "&&" && left === true && right === true) return true;
  if (operator === "||" && (left === true || right === true)) return true;
  if (operator === "||" && left === false && right === false) return false;
  const order = ORDERS[operator];
  if (order && isNumber(left) && isNumber(right)) return order(Number(left), Number(right));
  if (operator !== "==" && operator !== "!=") return undefined;
  const [one, other] = [textOf(left), textOf(right)];
  if (`${one}${other}`.includes(UNKNOWN) || typeof left !== typeof right) return undefined;
  return operator === "==" ? one === other : one !== other;
}

const ORDERS: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
};

function isNumber(value: unknown): boolean {
  return typeof value === "number" || typeof value === "bigint";
}

/** Each value once, however often it occurs. */
export function distinct<Value>(values: readonly Value[]): readonly Value[] {
  if (values.length < 2) return values;
  return [...new Map(values.map((value) => [keyOf(value), value])).values()];
}

function keyOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? `${part}n` : part));
}
