import { Gateway } from "../../local/apigateway/gateway";
import type { RequestTrace } from "../../local/apigateway/request-trace";
import { startServer } from "../../local/server/server";
import { type Observation, checkExpectations } from "./check-expectations";
import type { Difference } from "./compare";
import {
  type CaseConfig,
  type CaseOutcome,
  type ConformanceCase,
  InexpressibleCase,
} from "./conformance-case";
import { type CaseDefaults, type CaseModel, modelOfConfig } from "./model-of-config";
import { runTemplateCase } from "./run-template-case";
import { sendRequest } from "./send-request";
import { type CaseSqs, prepareSqs, receiveMessages, SQS_KEYS } from "./sqs-setup";
import { BackendStandIn, FunctionStandIn } from "./stand-ins";
import { messageOf } from "../../errors/mistake";

const STAND_IN_KEYS: readonly (keyof CaseConfig)[] = ["backendResponse", "error", "requestsAtOnce"];
const GATEWAY_DEFAULTS: CaseDefaults = { integration: {}, queues: [], region: "us-east-1" };

/** Runs one case through the gateway's own code. */
export async function runCase(example: ConformanceCase, sqs: CaseSqs): Promise<CaseOutcome> {
  try {
    if (Object.keys(example.expect).length === 0) return { result: "skip", reason: "nothing is expected" };
    const { differences, unverified } = await checkCase(example, sqs);
    const notes = unverified.filter((difference) => difference !== undefined);
    const [reason] = differences.filter((difference) => difference !== undefined);
    return reason === undefined ? { result: "pass", notes } : { result: "fail", reason, notes };
  } catch (error) {
    const reason = messageOf(error);
    return { result: error instanceof InexpressibleCase ? "skip" : "fail", reason };
  }
}

/** A `gateway` or `authorizer` case has a stand-in for its backend, an `sqs` case the emulator. */
async function checkCase(example: ConformanceCase, sqs: CaseSqs): Promise<CheckedCase> {
  switch (example.kind) {
    case "vtl":
      return { differences: runTemplateCase(example), unverified: [] };
    case "gateway":
    case "authorizer": {
      const model = modelOfConfig(example, GATEWAY_DEFAULTS, STAND_IN_KEYS);
      return run(example, model, sqs, new BackendStandIn(example));
    }
    case "sqs": {
      const { example: prepared, defaults } = await prepareSqs(example, sqs);
      return run(prepared, modelOfConfig(prepared, defaults, SQS_KEYS), sqs, undefined);
    }
    default:
      throw new InexpressibleCase(`the kind "${example.kind}" is unknown`);
  }
}

/** Differences from what must hold, and from what the case only holds for likely. */
interface CheckedCase {
  readonly differences: readonly Difference[];
  readonly unverified: readonly Difference[];
}

/** Sends a case's request and checks what came of it. */
async function run(
  example: ConformanceCase,
  model: CaseModel,
  sqs: CaseSqs,
  backend: BackendStandIn | undefined,
): Promise<CheckedCase> {
  const traces: RequestTrace[] = [];
  const invoker = new FunctionStandIn(example);
  const gateway = new Gateway(model.stack, model.api, {
    sqs: sqs.client,
    invoker,
    onTrace: (trace) => traces.push(trace),
    ...(backend !== undefined && { standInFor: backend.standInFor }),
  });
  const server = await startServer({ gateways: new Map([["case", gateway]]), host: "127.0.0.1", port: 0 });
  try {
    const path = `/case${pathOf(example, model.stage.name)}`;
    const count = example.config?.requestsAtOnce ?? 1;
    const answers = await Promise.all(
      Array.from({ length: count }, () => sendRequest(server.origin, path, example.input)),
    );
    const checked = await Promise.all(
      answers.map((answer) =>
        check(example, {
          answer,
          trace: traces[0],
          integrationRequest: backend?.requests[0],
          events: invoker.events,
          stageName: model.stage.name,
          readMessages: (name) => receiveMessages(sqs.client, name ?? ownQueue(model), model.api.region),
        }),
      ),
    );
    // Of several requests at once, one must come out as expected.
    const [first = { differences: ["no answer"], unverified: [] }] = checked;
    return (
      checked.find(({ differences }) => differences.every((difference) => difference === undefined)) ?? first
    );
  } finally {
    await server.close();
  }
}

async function check(example: ConformanceCase, seen: Observation): Promise<CheckedCase> {
  return {
    differences: await checkExpectations(example.expect, seen, example),
    unverified: await checkExpectations(example.expectUnverified ?? {}, seen, example),
  };
}

/** A case that names its stage gives the path with it. */
function pathOf({ config, input }: ConformanceCase, stageName: string): string {
  const path = input.path ?? "/";
  return config?.stageName === undefined ? `/${stageName}${path}` : path;
}

function ownQueue({ api }: CaseModel): string {
  const [resource] = api.resources;
  const [method] = Object.values(resource?.methods ?? {});
  return /:sqs:path\/[^/]+\/(.+)$/.exec(method?.integration.uri ?? "")?.[1] ?? "queue";
}
