import type { Reference } from "../../aws/velocity/template-node";

/** Stands in a text for what only a request tells. */
export const UNKNOWN = "\uE000";

type Values = Readonly<Record<string, string>>;

/** Parts of a request that a template puts in the place of others, by their names; {@link UNKNOWN} is a name, too. */
interface RequestOverride {
  readonly path: Values;
  readonly querystring: Values;
  readonly header: Values;
}

/** What a template overrides, with {@link UNKNOWN} in what only a request tells. */
export interface Overrides {
  /** `$context.requestOverride`. */
  readonly request: RequestOverride;
  /** `$context.responseOverride.status`, where it is set to what is known. */
  readonly status?: number;
  /** `$context.responseOverride.header`. */
  readonly headers: Values;
}

/** Of a template that overrides nothing. */
export const NO_OVERRIDES: Overrides = { request: { path: {}, querystring: {}, header: {} }, headers: {} };

/**
 * The overrides once `value` is set.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
 */
export function overriddenBy(target: Reference, before: Overrides, value: unknown): Overrides {
  const { request, status, headers } = before;
  const same = { request, headers, ...(status !== undefined && { status }) };
  const [group, part, name, ...more] = target.steps.map(nameOfStep);
  if (target.variable !== "context") return same;
  if (group === "requestOverride") {
    return { ...same, request: overriddenRequest(request, part, { [name ?? UNKNOWN]: textOf(value) }) };
  }
  if (group !== "responseOverride" || more.length > 0) return same;
  if (part === "status" && name === undefined) return { ...same, ...statusOf(value) };
  return part === "header" && name !== undefined
    ? { ...same, headers: { ...headers, [name]: textOf(value) } }
    : same;
}

/** @param part undefined where it is not known: it may be any */
function overriddenRequest(request: RequestOverride, part: string | undefined, set: Values): RequestOverride {
  const { path, querystring, header } = request;
  const isMeant = (name: string) => part === undefined || part === name;
  return {
    path: isMeant("path") ? { ...path, ...set } : path,
    querystring: isMeant("querystring") ? { ...querystring, ...set } : querystring,
    header: isMeant("header") ? { ...header, ...set } : header,
  };
}

/** The name of a property, or of an index that is written down. */
export function nameOfStep(step: Reference["steps"][number]): string | undefined {
  if (step.type === "property") return step.name;
  return step.type === "index" && step.index.type === "literal" ? String(step.index.value) : undefined;
}

function statusOf(value: unknown): Pick<Overrides, "status"> {
  const status = value === undefined ? Number.NaN : Number(textOf(value));
  return Number.isInteger(status) && status >= 100 && status <= 599 ? { status } : {};
}

/** A value as a template prints it. */
export function textOf(value: unknown): string {
  const isKnown = ["string", "number", "bigint", "boolean"].includes(typeof value);
  return isKnown ? String(value) : UNKNOWN;
}
