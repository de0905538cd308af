import type { JavaObject } from "../../velocity/introspection";
import { weightOf } from "../../velocity/render-frame";
import { jsonText, valueText } from "../../velocity/value-text";
import { payloadValue } from "../json/parse-json";
import { readJsonPath } from "../json/read-json-path";

/** The payload and the parameters that a mapping template sees. */
export interface TemplateInput {
  /** The raw payload as text. API Gateway shows an empty payload as `{}`: the caller puts that in. */
  readonly body: string;
  readonly params: Readonly<Record<"path" | "querystring" | "header", Readonly<Record<string, string>>>>;
}

/** The methods of `$input`. */
export const INPUT_METHODS: readonly string[] = ["path", "json", "params"];

/** `$input`: the payload and the request's parameters. */
export class InputObject implements JavaObject {
  public readonly templateName = "$input";
  private parsed: { value: unknown } | undefined;
  private headers: Map<string, string> | undefined;
  private maps: Map<string, unknown> | undefined;

  constructor(private readonly input: TemplateInput) {}

  public property(name: string): unknown {
    return name === "body" ? this.input.body : null;
  }

  public call(name: string, args: readonly unknown[]): unknown {
    switch (name) {
      case "path":
        return this.path(args) ?? null;
      case "json":
        return this.json(args);
      case "params":
        return args.length === 0 ? this.allParams() : this.param(valueText(args[0]));
      default:
        return undefined;
    }
  }

  /** A path that may lead to many places is looked for in the whole payload. */
  public weight(name: string, args: readonly unknown[]): number {
    const isSearch = name !== "params" && /[*?:,]|\.\./.test(valueText(args[0]));
    return isSearch ? this.input.body.length / 2 : 0;
  }

  private path(args: readonly unknown[]): unknown {
    this.parsed ??= { value: payloadValue(this.input.body) };
    return readJsonPath(args.length === 0 ? "$" : valueText(args[0]), this.parsed.value);
  }

  /** What is not there is an empty JSON string on AWS, not null. */
  private json(args: readonly unknown[]): string {
    const found = this.path(args);
    weightOf(found);
    return found === undefined ? '""' : jsonText(found);
  }

  private allParams(): Map<string, unknown> {
    if (this.maps === undefined) {
      const { path, querystring, header } = this.input.params;
      this.maps = new Map([
        ["path", stringMap(path)],
        ["querystring", stringMap(querystring)],
        ["header", stringMap(header)],
      ]);
    }
    return this.maps;
  }

  private param(name: string): string | null {
    const { path, querystring } = this.input.params;
    return own(path, name) ?? own(querystring, name) ?? this.header(name);
  }

  /** A header by its exact name, or else by its name in another case: HTTP's names have no case. */
  private header(name: string): string | null {
    const { header } = this.input.params;
    const exact = own(header, name);
    if (exact !== undefined) return exact;
    this.headers ??= new Map(Object.entries(header).map(([key, value]) => [key.toLowerCase(), value]));
    return this.headers.get(name.toLowerCase()) ?? null;
  }
}

function own(params: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(params, name) ? params[name] : undefined;
}

/** A copy, so that no template changes what other steps see. */
function stringMap(params: Readonly<Record<string, string>>): Map<string, string> {
  const map = new Map<string, string>();
  for (const name in params) map.set(name, params[name] ?? "");
  return map;
}
