import { isAlias, isMap, isScalar, isSeq, parseAllDocuments } from "yaml";
import type { Alias, Node, Scalar, YAMLMap } from "yaml";
import { ExpressionError } from "../expression-error";
import { ValueBudget, isObject, toText } from "../value";
import { yamlScalar } from "./yaml-scalar";

/**
 * Terraform's `yamldecode`: one document of YAML 1.1, with aliases and merged keys.
 * @see https://developer.hashicorp.com/terraform/language/functions/yamldecode
 */
export function yamlDecode(text: string): unknown {
  const documents = parseAllDocuments(text, { version: "1.1", schema: "failsafe", uniqueKeys: false });
  const [document] = documents;
  if (!Array.isArray(documents) || document === undefined) throw new ExpressionError("there is no document");
  if (documents.length > 1) throw new ExpressionError("there is more than one document");
  const [error] = document.errors;
  if (error !== undefined) throw new ExpressionError(error.message.split("\n")[0] ?? "no YAML");
  return new Reader().value(document.contents);
}

const TAG = "tag:yaml.org,2002:";

/** Reads one document. */
class Reader {
  private readonly budget = new ValueBudget();
  private readonly anchors = new Map<string, unknown>();

  public value(node: Node | null): unknown {
    this.budget.spend();
    if (node === null) return null;
    if (isAlias(node)) return this.aliased(node);
    const value = this.unnamed(node);
    if ("anchor" in node && typeof node.anchor === "string") this.anchors.set(node.anchor, value);
    return value;
  }

  private unnamed(node: Node): unknown {
    if (isScalar(node)) return yamlScalar(textOf(node), node.type === "PLAIN", node.tag);
    if (isSeq(node)) {
      this.checkTag(node.tag, "seq");
      return node.items.map((item) => this.value(item as Node | null));
    }
    if (!isMap(node)) throw new ExpressionError("there is something else than lists, maps and texts");
    this.checkTag(node.tag, "map");
    return this.map(node);
  }

  private checkTag(tag: string | undefined, kind: string): void {
    if (tag !== undefined && tag !== TAG + kind) throw new ExpressionError(`the tag ${tag} is not supported`);
  }

  /** Terraform knows no value that holds itself, and an anchor has its value at its end only. */
  private aliased({ source }: Alias): unknown {
    if (!this.anchors.has(source)) throw new ExpressionError(`there is no anchor ${source} before its use`);
    return this.count(this.anchors.get(source));
  }

  private count(value: unknown): unknown {
    this.budget.spend();
    if (Array.isArray(value)) value.forEach((item) => this.count(item));
    else if (isObject(value)) Object.values(value).forEach((item) => this.count(item));
    return value;
  }

  private map(node: YAMLMap): Readonly<Record<string, unknown>> {
    const entries: [string, unknown][] = [];
    for (const { key, value } of node.items as { key: Node | null; value: Node | null }[]) {
      if (isScalar(key) && isMergeKey(key)) entries.push(...this.merged(this.value(value)));
      else entries.push([this.key(key), this.value(value)]);
    }
    return Object.fromEntries(entries);
  }

  private key(node: Node | null): string {
    const key = isScalar(node) ? this.value(node) : null;
    if (key === null) throw new ExpressionError("a key is no text, number or boolean");
    return toText(key);
  }

  private merged(value: unknown): [string, unknown][] {
    if (isObject(value)) return Object.entries(value);
    throw new ExpressionError("Terraform merges one map by <<, nothing else");
  }
}

function textOf({ value }: Scalar): string {
  return typeof value === "string" ? value : "";
}

function isMergeKey({ value, tag }: Scalar): boolean {
  return (tag === undefined && value === "<<") || tag === `${TAG}merge`;
}
