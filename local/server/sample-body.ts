import { schemaOfModel } from "../openapi/model-schema";
import { modelOf, requestBodyOf } from "../openapi/request";
import type { Schema } from "../openapi/schema";
import type { Method, RestApi } from "../terraform/stack-model";

/** What can be sent to a method as its body. */
export interface SampleBody {
  /** Does nothing look at a body? */
  readonly bodiless?: true;
  /** JSON that has what the method's model wants, with names in the place of texts; absent: any body will do. */
  readonly sampleBody?: string;
}

/** A body to try a method with. */
export function sampleBodyOf(api: RestApi, method: Method): SampleBody {
  if (requestBodyOf(api, method, String) === undefined) return { bodiless: true };
  const model = modelOf(method, "application/json");
  const schema = model === undefined ? {} : schemaOfModel(api, model);
  const wanted = Array.isArray(schema.required) ? (schema.required as string[]) : [];
  if (wanted.length === 0) return {};
  const properties = (schema.properties ?? {}) as Readonly<Record<string, Schema>>;
  const sample = Object.fromEntries(wanted.map((name) => [name, sampleValue(name, properties[name] ?? {})]));
  return { sampleBody: JSON.stringify(sample) };
}

function sampleValue(name: string, { type, enum: allowed, minimum, maximum }: Schema): unknown {
  if (Array.isArray(allowed)) return allowed[0];
  if (type === "integer" || type === "number") {
    return Number(minimum ?? 0) > 30 ? minimum : Math.min(30, Number(maximum ?? 30));
  }
  if (type === "boolean") return true;
  if (type === "array") return [];
  return type === "object" ? {} : `<${name}>`;
}
