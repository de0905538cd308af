import { receive } from "../../local/apigateway/request";
import { MappingTemplate } from "../../local/apigateway/template/mapping-template";
import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import type { ConformanceCase } from "./conformance-case";
import { InexpressibleCase } from "./conformance-case";
import { type Difference, jsonTextDifference, textDifference } from "./compare";
import { EMPTY_API } from "./model-of-config";

/** Renders the template of a `vtl` case and compares the outcome. */
export function runTemplateCase(example: ConformanceCase): Difference[] {
  const rendered = render(example);
  return Object.entries(example.expect).map(([key, expected]) => {
    switch (key) {
      case "rendered":
        return textDifference("rendered", String(expected), rendered ?? "an error", example.compare);
      case "json":
        return jsonTextDifference("json", expected, rendered ?? "an error");
      case "error":
      case "status":
        return (expected === 500 || expected === true) === (rendered === undefined)
          ? undefined
          : `${key}: expected ${JSON.stringify(expected)}, got ${rendered ?? "an error"}`;
      default:
        throw new InexpressibleCase(`expect.${key} is unknown`);
    }
  });
}

/** Undefined where the template fails. */
function render({ template = "", input }: ConformanceCase): string | undefined {
  const { pathParameters = {}, ...context } = input.context ?? {};
  const received = receive(EMPTY_API, {
    method: input.method ?? "POST",
    path: input.path ?? "/",
    queryString: "",
    headers: [],
    body: Buffer.alloc(0),
    sourceIp: "127.0.0.1",
    protocol: "HTTP/1.1",
  });
  const body = input.body ?? "";
  try {
    return MappingTemplate.parse(template).render({
      input: {
        body: body === "" ? "{}" : body,
        params: {
          path: pathParameters as Record<string, string>,
          querystring: lastValues(input.query),
          header: lastValues(input.headers),
        },
      },
      context: { ...received.context, ...structuredClone(context) },
      stageVariables: { ...input.stageVariables },
    });
  } catch (error) {
    if (error instanceof MappingTemplateError) return undefined;
    throw error;
  }
}

function lastValues(
  values: Readonly<Record<string, string | readonly string[]>> | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values ?? {}).map(([name, value]) => [name, [value].flat().at(-1) ?? ""]),
  );
}
