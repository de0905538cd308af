import { loadStack } from "../local/terraform/load-stack";
import { readStack } from "../local/terraform/read-stack";
import { MappingTemplate } from "../local/apigateway/template/mapping-template";
import { sendMessageTemplate } from "../mapping/send-message-template";
import { median } from "./compare-servers";

const BATCHES = 200;
const BATCH_SIZE = 500;

/** Microseconds of one rendering, for a body of 200 bytes: medians over batches. */
export interface TemplateTimes {
  /** The template that the stack has. */
  readonly ofStack: number;
  /** With six of the caller's headers as message attributes. */
  readonly withAttributes: number;
}

/** Renders request templates, as they are synthesized, in this process. */
export async function measureTemplates(stack: string): Promise<TemplateTimes> {
  const attributes = Object.keys(header).map((name) => ({ name, source: { header: name } }));
  return {
    ofStack: renderingTime(await requestTemplate(stack)),
    withAttributes: renderingTime(sendMessageTemplate({ attributes })),
  };
}

const header = Object.fromEntries(["A", "B", "C", "D", "E", "F"].map((name) => [`X-${name}`, "value"]));

function renderingTime(source: string): number {
  const template = MappingTemplate.parse(source);
  const body = `{"status":"ok","padding":"${"x".repeat(173)}"}`;
  const times: number[] = [];
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const started = performance.now();
    for (let index = 0; index < BATCH_SIZE; index += 1) {
      template.render({
        input: { body, params: { path: {}, querystring: {}, header } },
        context: {},
        stageVariables: {},
      });
    }
    times.push(((performance.now() - started) * 1000) / BATCH_SIZE);
  }
  return median(times);
}

async function requestTemplate(stack: string): Promise<string> {
  const methods = readStack({ loaded: await loadStack(stack) }).restApis.flatMap(({ resources }) =>
    resources.flatMap((resource) => Object.values(resource.methods)),
  );
  const template = methods
    .map(({ integration }) => integration.requestTemplates["application/json"])
    .find(Boolean);
  if (template === undefined) throw new Error(`${stack}: has no mapping template for application/json.`);
  return template;
}
