import type { ObjectValue } from "../expression/value";

/** Who writes an expression: the resource or module call, and which of its attributes. */
export interface Writer {
  readonly block: ObjectValue;
  readonly attribute: string;
}

/**
 * Rebuilds expressions of which a plan tells only what they refer to, where that leaves one meaning: attributes that take another
 * resource's id, ARN or name as it is.
 */
export class PlanLinks {
  /** @param resources blocks of the module, as the plan's configuration has them */
  constructor(private readonly resources: readonly ObjectValue[]) {}

  /** The expression's text; undefined where it may be another one. */
  public text(references: readonly string[], writer: Writer): string | undefined {
    const whole = withoutParts(references);
    const [first = "", index] = whole;
    if (whole.length > 2 || !isLink(first, writer.attribute)) return undefined;
    const target = this.resources.find(({ address }) => address === first);
    if (target === undefined) return index === undefined ? soleLink(references) : undefined;
    const attribute = linkedAttribute(writer.attribute, target);
    if (attribute === undefined) return undefined;
    // What stands behind an index or a splat is not told; without either there would be an attribute.
    if (index === undefined) return `\${one(${first}[*].${attribute})}`;
    return this.isSameInstance(index, target, writer.block)
      ? `\${${first}[${index}].${attribute}}`
      : undefined;
  }

  /** An index may be worked out from a count's, but hardly from a key; and a key that is not there is refused later. */
  private isSameInstance(
    index: string,
    target: ObjectValue,
    { count_expression: count }: ObjectValue,
  ): boolean {
    if (index !== "count.index") return /^(?:each|var)\./.test(index);
    return JSON.stringify(count) === JSON.stringify(target.count_expression);
  }
}

/** An expression that is its only reference; a plan does not tell the values of some names. */
export function soleLink(references: readonly string[]): string | undefined {
  const [first = "", ...others] = withoutParts(references);
  return others.length > 0 || /^(?:local|path|terraform)\./.test(first) ? undefined : `\${${first}}`;
}

/** Terraform tells of a reference also what it is a part of, right behind it. */
function withoutParts(references: readonly string[]): readonly string[] {
  const distinct = [...new Set(references)];
  return distinct.filter(
    (one) => !distinct.some((other) => other.startsWith(`${one}.`) || other.startsWith(`${one}[`)),
  );
}

/** Whether the attribute is one that takes another resource's id, name or document as it is. */
function isLink(reference: string, attribute: string): boolean {
  return (
    LINKS.test(attribute) ||
    (attribute === "policy" && reference.endsWith(".json")) ||
    (attribute.endsWith("uri") && reference.endsWith("invoke_arn"))
  );
}

const LINKS =
  /^(?:(?:rest_api|resource|parent|api|deployment|authorizer|request_validator|usage_plan|key|user_pool|\w*kms\w*key)_id|(?:authorizer_)?credentials|roles?|(?:policy|event_source|resource|kms_key|queue)_arn|kms_master_key_id|function_name|queue_url|bucket|stage_name|domain_name|http_method|status_code)$/;

/** Which of the other resource's attributes such an attribute can only take. */
function linkedAttribute(attribute: string, { type }: ObjectValue): string | undefined {
  if (attribute === "parent_id" && type === "aws_api_gateway_rest_api") return "root_resource_id";
  if (attribute === "role") return type === "aws_iam_role" ? "name" : undefined;
  if (attribute === "bucket") return type === "aws_s3_bucket" ? "bucket" : undefined;
  if (["http_method", "status_code", "stage_name"].includes(attribute)) return attribute;
  if (attribute === "queue_url") return "id";
  if (attribute.endsWith("credentials") || attribute.endsWith("_arn")) return "arn";
  return /^(?!.*kms).*_id$/.test(attribute) ? "id" : undefined;
}
