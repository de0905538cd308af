import { type ObjectValue, isObject, toObject, toText } from "../../expression/value";
import { StackError } from "../../stack-error";
import type { TerraformResource } from "../../terraform-resource";

interface PolicyDocument {
  readonly Version: string;
  readonly Id?: string;
  readonly Statement: readonly ObjectValue[];
}

const LISTS = [
  ["actions", "Action"],
  ["not_actions", "NotAction"],
  ["resources", "Resource"],
  ["not_resources", "NotResource"],
] as const;

/**
 * What `data.aws_iam_policy_document` renders: source documents, then own statements, then overrides; a statement
 * replaces an earlier one with the same sid.
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function policyDocument(document: TerraformResource): PolicyDocument {
  const own = blocksOf(document.given("statement")).map(statementOf);
  const statements = [
    ...documentsOf(document, "source_policy_documents").flat(),
    ...own,
    ...documentsOf(document, "override_policy_documents").flat(),
  ];
  const id = document.given("policy_id");
  return {
    Version: toText(document.given("version") ?? "2012-10-17"),
    ...(id !== undefined && { Id: toText(id) }),
    Statement: lastOfEachSid(statements),
  };
}

function statementOf(block: ObjectValue): ObjectValue {
  const lists = LISTS.flatMap(([from, to]) => {
    const values = textsOf(block[from]);
    return values.length === 0 ? [] : [[to, oneOrMany(values)] as const];
  });
  return {
    ...(isPresent(block.sid) && { Sid: block.sid }),
    Effect: block.effect ?? "Allow",
    ...Object.fromEntries(lists),
    ...principal("Principal", block.principals),
    ...principal("NotPrincipal", block.not_principals),
    ...condition(block.condition),
  };
}

function principal(name: string, value: unknown): ObjectValue {
  const blocks = blocksOf(value);
  if (blocks.length === 0) return {};
  const byType = new Map<string, string[]>();
  for (const block of blocks) {
    const type = toText(block.type);
    byType.set(type, [...(byType.get(type) ?? []), ...textsOf(block.identifiers)]);
  }
  if (byType.get("*")?.includes("*")) return { [name]: "*" };
  return { [name]: Object.fromEntries(Array.from(byType, ([type, ids]) => [type, oneOrMany(ids)])) };
}

function condition(value: unknown): ObjectValue {
  const blocks = blocksOf(value);
  if (blocks.length === 0) return {};
  const tests: Record<string, Record<string, unknown>> = {};
  for (const block of blocks) {
    const test = (tests[toText(block.test)] ??= {});
    const variable = toText(block.variable);
    const earlier = test[variable];
    const before = earlier === undefined ? [] : textsOf(Array.isArray(earlier) ? earlier : [earlier]);
    test[variable] = oneOrMany([...before, ...textsOf(block.values)]);
  }
  return { Condition: tests };
}

function documentsOf(document: TerraformResource, attribute: string): ObjectValue[][] {
  return textsOf(document.given(attribute)).map((text) =>
    statementsOf(text, `${document.address}.${attribute}`),
  );
}

function statementsOf(text: string, address: string): ObjectValue[] {
  try {
    const { Statement } = toObject(JSON.parse(text));
    return blocksOf(Statement);
  } catch {
    throw new StackError({
      address,
      wrong: "is not a policy",
      got: text,
      allowed: "JSON with statements is",
    });
  }
}

function lastOfEachSid(statements: readonly ObjectValue[]): ObjectValue[] {
  const result: ObjectValue[] = [];
  for (const statement of statements) {
    const sid = statement.Sid;
    const same = isPresent(sid) ? result.findIndex((other) => other.Sid === sid) : -1;
    if (same === -1) result.push(statement);
    else result[same] = statement;
  }
  return result;
}

function blocksOf(value: unknown): ObjectValue[] {
  if (value === undefined || value === null) return [];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter(isObject);
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(toText) : [];
}

function oneOrMany(values: readonly string[]): unknown {
  return values.length === 1 ? values[0] : values;
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}
