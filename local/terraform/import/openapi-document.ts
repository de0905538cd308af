import { type ObjectValue, isObject } from "../expression/value";
import { type Problem, StackError } from "../stack-error";
import { invalidBody, parseBody, versionOf } from "./body-text";

/** References within references: far more than a document needs. */
const DEEPEST = 50;

/** An OpenAPI document, where it says the same things in both versions that API Gateway reads. */
export class OpenApiDocument {
  public readonly version: 2 | 3;
  private readonly content: ObjectValue;
  private readonly warnings: Problem[] = [];

  /**
   * @param address of the attribute that holds the document: `aws_api_gateway_rest_api.Api.body`
   * @throws StackError for one that AWS refuses as a whole
   */
  constructor(
    public readonly address: string,
    text: string,
  ) {
    this.content = parseBody(text, address);
    this.version = versionOf(this.content) ?? 3;
  }

  /** A field of the document's root, references followed; undefined if it is absent. */
  public root(name: string): unknown {
    return this.resolved(field(this.content, name), `${this.address}.${name}`);
  }

  /** An object at the document's root; empty if it is absent. */
  public rootObject(name: string): ObjectValue {
    return this.object(field(this.content, name), `${this.address}.${name}`);
  }

  /** Schemas that operations refer to by name. */
  public get schemas(): ObjectValue {
    return this.version === 2 ? this.rootObject("definitions") : this.component("schemas");
  }

  public get securitySchemes(): ObjectValue {
    return this.version === 2 ? this.rootObject("securityDefinitions") : this.component("securitySchemes");
  }

  /** An object that may be a reference; empty if it is absent. Throws `StackError` at `address` for anything else. */
  public object(value: unknown, address: string): ObjectValue {
    const resolved = this.resolved(value, address) ?? {};
    if (isObject(resolved)) return resolved;
    throw invalidBody(address, "it is not an object");
  }

  /** A list; empty if it is absent. */
  public list(value: unknown, address: string): readonly unknown[] {
    const resolved = this.resolved(value, address) ?? [];
    if (Array.isArray(resolved)) return resolved;
    throw invalidBody(address, "it is not a list");
  }

  /** What a value is, or what it refers to within the document. */
  public resolved(value: unknown, address: string): unknown {
    let current = value;
    for (let depth = 0; depth < DEEPEST; depth++) {
      if (!isObject(current) || typeof current.$ref !== "string") return current ?? undefined;
      current = this.at(current.$ref, address);
    }
    throw invalidBody(address, "its references never end");
  }

  /** What AWS goes on after, unless `fail_on_warnings` is set. */
  public warn(address: string, wrong: string): void {
    this.warnings.push({ address, wrong, allowed: "fail_on_warnings makes AWS refuse the import" });
  }

  public throwWarnings(): void {
    if (this.warnings.length > 0) throw new StackError(...this.warnings);
  }

  private component(name: string): ObjectValue {
    const components = this.rootObject("components");
    return this.object(field(components, name), `${this.address}.components.${name}`);
  }

  /** API Gateway follows references within a document only. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html */
  private at(reference: string, address: string): unknown {
    if (!reference.startsWith("#/")) {
      throw invalidBody(address, `the reference ${reference} does not lead to a place in the document`);
    }
    const keys = reference.slice(2).split("/").map(unescapeKey);
    const found = keys.reduce<unknown>(
      (from, key) => (isObject(from) ? field(from, key) : undefined),
      this.content,
    );
    if (found !== undefined) return found;
    throw invalidBody(address, `the reference ${reference} leads nowhere`);
  }
}

/** A field of an object's own; undefined where it is absent or null. */
export function field(object: ObjectValue, name: string): unknown {
  return (Object.hasOwn(object, name) ? object[name] : undefined) ?? undefined;
}

/** A text, or a number as one; empty for anything else. */
export function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** A key of a JSON pointer. */
function unescapeKey(key: string): string {
  return decodeURIComponent(key.replaceAll(/%(?![0-9a-fA-F]{2})/g, "%25"))
    .replaceAll("~1", "/")
    .replaceAll("~0", "~");
}
