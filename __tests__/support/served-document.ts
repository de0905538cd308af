import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { RequestTrace } from "../../local/apigateway/request-trace";
import { type GatewayOptions, type RunningGateway, startGateway } from "../../local/server/start-gateway";
import { plainStack } from "./plain-stacks";

const API = "${aws_api_gateway_rest_api.a.id}";

type Resources = Record<string, Record<string, Record<string, unknown>>>;

/** A method that stands beside POST to the queue. */
export interface MethodBeside {
  /** @default POST */
  readonly httpMethod?: string;
  readonly integration: object;
  readonly method?: object;
  /** Integration responses by status; each has a method response. */
  readonly responses?: Readonly<Record<string, object>>;
}

/**
 * The plain stack, with methods beside its own: at the path part that is the key.
 * @param more resources by type and name: attributes are put into those that are there
 */
export function stackWith(methods: Readonly<Record<string, MethodBeside>>, more: Resources = {}) {
  const document = plainStack("q");
  const resource = document.resource as unknown as Resources;
  const add = (type: string, name: string, body: object) => {
    const named = (resource[type] ??= {});
    named[name] = { ...named[name], ...body };
  };
  for (const [part, { httpMethod = "POST", integration, method = {}, responses = {} }] of Object.entries(
    methods,
  )) {
    const resource_id = `\${aws_api_gateway_resource.${part}.id}`;
    const on = { rest_api_id: API, resource_id, http_method: httpMethod };
    const parent_id = "${aws_api_gateway_rest_api.a.root_resource_id}";
    add("aws_api_gateway_resource", part, { rest_api_id: API, parent_id, path_part: part });
    add("aws_api_gateway_method", part, { ...on, authorization: "NONE", ...method });
    add("aws_api_gateway_integration", part, { ...on, ...integration });
    for (const [status_code, response] of Object.entries(responses)) {
      add("aws_api_gateway_method_response", `${part}${status_code}`, { ...on, status_code });
      add("aws_api_gateway_integration_response", `${part}${status_code}`, {
        ...on,
        status_code,
        ...response,
      });
    }
  }
  for (const [type, named] of Object.entries(more)) {
    for (const [name, body] of Object.entries(named)) add(type, name, body);
  }
  return { ...document, resource };
}

/** A document that is served, and what the gateway told of its requests. */
export class ServedDocument {
  public readonly traces: RequestTrace[] = [];
  /** Lines for a terminal. */
  public readonly lines: string[] = [];

  private constructor(
    private readonly folder: string,
    public readonly gateway: RunningGateway,
  ) {}

  public static async start(
    document: object,
    options: Partial<GatewayOptions> = {},
  ): Promise<ServedDocument> {
    const folder = mkdtempSync(path.join(tmpdir(), "served-document-"));
    const stack = path.join(folder, "shop");
    mkdirSync(stack);
    writeFileSync(path.join(stack, "main.tf.json"), JSON.stringify(document));
    const told: { document?: ServedDocument } = {};
    try {
      const gateway = await startGateway({
        stacks: [stack],
        onTrace: (trace) => told.document?.traces.push(trace),
        log: (line) => told.document?.lines.push(line),
        ...options,
      });
      told.document = new ServedDocument(folder, gateway);
      return told.document;
    } catch (error) {
      rmSync(folder, { recursive: true });
      throw error;
    }
  }

  /** Sends a request to the path behind the stage; POST with JSON, unless `init` says otherwise. */
  public async send(pathBehindStage: string, init: RequestInit = {}): Promise<Response> {
    const origin = new URL(this.gateway.stacks[0]?.url ?? "").origin;
    return fetch(`${origin}/shop/dev${pathBehindStage}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      ...(init.method !== "GET" && { body: "{}" }),
      ...init,
    });
  }

  /** Status and body of what {@link send} gets. */
  public async answer(pathBehindStage: string, init?: RequestInit): Promise<[status: number, body: string]> {
    const response = await this.send(pathBehindStage, init);
    return [response.status, await response.text()];
  }

  public async close(): Promise<void> {
    await this.gateway.close();
    rmSync(this.folder, { recursive: true });
  }
}
