import { parseTemplate } from "../aws/velocity/parse-template";
import type { Branch, Expression, Reference, TemplateNode } from "../aws/velocity/template-node";

/**
 * The parameters of SQS's Query protocol into which a mapping template prints what a caller may have written, without encoding it;
 * none for a template that can't be parsed, which API Gateway answers with 500.
 *
 * Follows values through variables, on every way that the template can go. Encoded is what `$util.urlEncode` gives; a number or a text
 * that has matched a pattern of plain characters needs it not.
 */
export function unencodedParameters(template: string): ReadonlySet<string> {
  const found = new Set<string>();
  try {
    walk(parseTemplate(template), { tails: [""], callers: new Set() }, found);
  } catch {
    return found;
  }
  return found;
}

/** Stands for all parameters: the caller writes the call. */
export const WHOLE_CALL = "";

/** How far a template has come. */
interface Progress {
  /** What it may have printed last; {@link VALUE} for what is no text of its own. */
  readonly tails: readonly string[];
  /** Variables that hold what a caller wrote. */
  readonly callers: ReadonlySet<string>;
}

const VALUE = "\uE000";

/** Ways to the same place that are looked at. */
const MOST_TAILS = 50;

/** A parameter whose value is not over yet. */
const OPEN_PARAMETER = /(?:^|[&\s.])([\w\uE000]+)=[^&]*$/;

function parameterAt(tail: string): string | undefined {
  return tail.trim() === "" ? WHOLE_CALL : OPEN_PARAMETER.exec(tail)?.[1];
}

function walk(nodes: readonly TemplateNode[], start: Progress, found: Set<string>): Progress {
  return nodes.reduce((progress, node) => step(node, progress, found), start);
}

function step(node: TemplateNode, progress: Progress, found: Set<string>): Progress {
  const { tails, callers } = progress;
  switch (node.type) {
    case "text":
      return { tails: tails.map((tail) => tail + node.text), callers };
    case "print":
      if (isCallers(node.reference, callers)) {
        for (const parameter of tails.flatMap((tail) => parameterAt(tail) ?? [])) found.add(parameter);
      }
      return { tails: tails.map((tail) => tail + VALUE), callers };
    case "set":
      return { tails, callers: assigned(node.target, holdsCallers(node.value, callers), callers) };
    case "define":
      return {
        tails,
        callers: marked(
          node.variable,
          node.body.some((part) => prints(part, callers)),
          callers,
        ),
      };
    case "if":
      return branchOut(node.branches, node.otherwise, progress, found);
    case "foreach": {
      const inside = marked(node.variable, holdsCallers(node.list, callers), callers);
      const once = walk(node.body, { tails, callers: inside }, found);
      return joined([progress, walk(node.body, joined([{ tails, callers: inside }, once]), found)]);
    }
    case "break":
    case "stop":
      return progress;
  }
}

function assigned(
  { variable, steps }: Reference,
  isHeld: boolean,
  callers: ReadonlySet<string>,
): ReadonlySet<string> {
  // A part of a variable leaves its others.
  return steps.length > 0 && !isHeld ? callers : marked(variable, isHeld, callers);
}

function marked(variable: string, isHeld: boolean, callers: ReadonlySet<string>): ReadonlySet<string> {
  const others = [...callers].filter((name) => name !== variable);
  return new Set(isHeld ? [...others, variable] : others);
}

function branchOut(
  branches: readonly Branch[],
  otherwise: readonly TemplateNode[],
  progress: Progress,
  found: Set<string>,
): Progress {
  const ends: Progress[] = [];
  let rest = progress;
  for (const { condition, body } of branches) {
    ends.push(walk(body, without(checkedIf(condition), rest), found));
    rest = without(checkedUnless(condition), rest);
  }
  return joined([...ends, walk(otherwise, rest, found)]);
}

function without(checked: readonly string[], { tails, callers }: Progress): Progress {
  return { tails, callers: new Set([...callers].filter((name) => !checked.includes(name))) };
}

function joined(ways: readonly Progress[]): Progress {
  const tails = [...new Set(ways.flatMap(({ tails }) => tails.map((tail) => tail.slice(-200))))];
  return { tails: tails.slice(0, MOST_TAILS), callers: new Set(ways.flatMap(({ callers }) => [...callers])) };
}

/** The variables that are plain where a condition holds. */
function checkedIf(condition: Expression): readonly string[] {
  if (condition.type === "binary" && condition.operator === "&&") {
    return [...checkedIf(condition.left), ...checkedIf(condition.right)];
  }
  if (condition.type === "binary" && condition.operator === "==") return comparedWithText(condition);
  return condition.type === "reference" ? matchedPlain(condition.reference) : [];
}

/** The same where it does not. */
function checkedUnless(condition: Expression): readonly string[] {
  if (condition.type === "binary" && condition.operator === "||") {
    return [...checkedUnless(condition.left), ...checkedUnless(condition.right)];
  }
  if (condition.type === "binary" && condition.operator === "!=") return comparedWithText(condition);
  return condition.type === "not" ? checkedIf(condition.operand) : [];
}

type Comparison = Extract<Expression, { readonly type: "binary" }>;

function comparedWithText({ left, right }: Comparison): readonly string[] {
  const isVariable = left.type === "reference" && left.reference.steps.length === 0;
  return isVariable && right.type === "literal" ? [left.reference.variable] : [];
}

function matchedPlain({ variable, steps }: Reference): readonly string[] {
  const [call, ...more] = steps;
  if (call?.type !== "method" || call.name !== "matches" || more.length > 0) return [];
  const [pattern] = call.args;
  return pattern?.type === "literal" && PLAIN.test(String(pattern.value)) ? [variable] : [];
}

/** A pattern that takes letters, digits, underscores and hyphens alone. */
const PLAIN = /^(?:\[[\w-]+\]|\\[dw]|[\w-]|[()|?*+^$]|\{\d+(?:,\d*)?\})*$/;

function holdsCallers(expression: Expression, callers: ReadonlySet<string>): boolean {
  switch (expression.type) {
    case "literal":
    case "not":
      return false;
    case "reference":
      return isCallers(expression.reference, callers);
    case "interpolation":
      return expression.nodes.some((node) => prints(node, callers));
    case "binary":
      return (
        expression.operator === "+" &&
        [expression.left, expression.right].some((one) => holdsCallers(one, callers))
      );
    case "list":
      return expression.items.some((item) => holdsCallers(item, callers));
    case "range":
      return false;
    case "map":
      return expression.entries.flat().some((part) => holdsCallers(part, callers));
  }
}

function prints(node: TemplateNode, callers: ReadonlySet<string>): boolean {
  if (node.type === "print") return isCallers(node.reference, callers);
  if (node.type === "foreach") {
    return holdsCallers(node.list, callers) || node.body.some((part) => prints(part, callers));
  }
  if (node.type !== "if") return false;
  return [...node.branches.flatMap(({ body }) => body), ...node.otherwise].some((part) =>
    prints(part, callers),
  );
}

/** What comes of a request, or is the API's own and may hold any character. */
const SOURCES: ReadonlySet<string> = new Set(["input", "context", "stageVariables"]);

/** Methods that give numbers and truth values, and the one that encodes. */
const PLAIN_RESULTS =
  /^(?:urlEncode|size|length|isEmpty|indexOf|lastIndexOf|matches|contains|containsKey|containsValue|equals|equalsIgnoreCase|startsWith|endsWith|compareTo|hashCode|parse(?:Int|Long|Short|Double|Float))$/;

function isCallers({ variable, steps }: Reference, callers: ReadonlySet<string>): boolean {
  let isHeld = SOURCES.has(variable) || callers.has(variable);
  for (const part of steps) {
    if (part.type !== "method") continue;
    const isGiven = part.args.some((argument) => holdsCallers(argument, callers));
    isHeld = !PLAIN_RESULTS.test(part.name) && (isHeld || isGiven);
  }
  return isHeld;
}
