import type * as Yaml from "yaml";
import { messageOf } from "../../../errors/mistake";
import { type ObjectValue, isObject } from "../expression/value";
import { StackError } from "../stack-error";

/** Far more than documents need, and far less than the call stack takes. AWS's own bound is not recorded. */
const DEEPEST = 200;

/**
 * What a body's text holds, in JSON or YAML.
 * @param address of the attribute that holds it
 * @throws StackError for what AWS refuses as a whole, with AWS's words
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html
 */
export function parseBody(text: string, address: string): ObjectValue {
  const content = contentOf(text, address);
  if (!isObject(content)) throw invalidBody(address, "it is not an object");
  if (isDeeper(content, DEEPEST)) throw invalidBody(address, `it is nested more than ${DEEPEST} times`);
  if (versionOf(content) === undefined) {
    throw invalidBody(address, 'it says neither swagger "2.0" nor openapi "3.0.x", which API Gateway reads');
  }
  if (!isObject(content.paths)) throw invalidBody(`${address}.paths`, "it is not an object");
  return content;
}

/** OpenAPI's major version, where API Gateway reads it. */
export function versionOf({ swagger, openapi }: ObjectValue): 2 | 3 | undefined {
  if (String(swagger) === "2.0" || swagger === 2) return 2;
  return typeof openapi === "string" && /^3\.0(?:\.|$)/.test(openapi) ? 3 : undefined;
}

/** AWS tells no more than its one sentence; the reason is ours. */
export function invalidBody(address: string, reason: string): StackError {
  return new StackError({
    address,
    wrong: `is refused by AWS with "Invalid OpenAPI input." (${reason})`,
    mend: "Mend the document",
  });
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

function contentOf(text: string, address: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return yamlOf(text, address);
  }
}

function yamlOf(text: string, address: string): unknown {
  try {
    return yaml().parse(text, { merge: true, logLevel: "error" }) as unknown;
  } catch (error) {
    const [reason = ""] = messageOf(error).split("\n");
    throw invalidBody(address, reason.replace(/:$/, ""));
  }
}

/** Loaded at its first use: most stacks have no body, and many bodies are JSON. */
function yaml(): typeof Yaml {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a start without YAML need not wait for it
  return require("yaml") as typeof Yaml;
}
