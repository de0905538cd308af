import { readStack } from "../../../local/terraform/read-stack";
import type { Queue } from "../../../local/terraform/model/queue";
import type { RestApi, StackModel } from "../../../local/terraform/stack-model";
import appliedState from "../../support/applied-state.json";
import { PLAIN_DOCUMENT } from "../../support/plain-document";

type Resources = typeof appliedState.values.root_module.resources;

/** The state was made by a real `terraform apply` of the plain document, log group and permission left out. */
function readState(rootModule: Record<string, unknown> = appliedState.values.root_module): StackModel {
  return readStack({
    document: { ...appliedState, values: { root_module: rootModule } },
    name: "orders",
    environment: {},
  });
}

const fromJson = readStack({
  document: PLAIN_DOCUMENT,
  name: "orders",
  environment: {},
  accountId: "123456789012",
});

/** Ids are made up in one and real in the other, and a state has no order of its own. */
function comparable({ idOnAws: _, ...api }: Partial<RestApi> = {}): unknown {
  const resources = api.resources?.toSorted((left, right) => left.path.localeCompare(right.path));
  return JSON.parse(
    JSON.stringify({ ...api, resources }, (key, value: unknown) =>
      key === "id" || key === "deploymentId" ? "…" : value,
    ),
  );
}

function withoutAttributes({ attributes: _, ...queue }: Queue): unknown {
  return queue;
}

describe("the state of a real apply", () => {
  it("gives the same REST API as the configuration does", () => {
    expect(comparable(readState().restApis[0])).toEqual(comparable(fromJson.restApis[0]));
  });

  it("knows the real ids", () => {
    const [api] = readState().restApis;
    const inState = appliedState.values.root_module.resources.find(
      ({ type }) => type === "aws_api_gateway_rest_api",
    );
    expect(api?.id).toBe(inState?.values.id);
    expect(api?.id).not.toBe(fromJson.restApis[0]?.id);
    expect(api?.idOnAws).toBe(api?.id);
    expect(fromJson.restApis[0]).not.toHaveProperty("idOnAws");
  });

  it("gives the same queues, with SQS's defaults besides", () => {
    const { queues } = readState();
    expect(queues.map(withoutAttributes)).toEqual(fromJson.queues.map(withoutAttributes));
    expect(queues[0]?.attributes).toMatchObject({
      VisibilityTimeout: "30",
      ReceiveMessageWaitTimeSeconds: "5",
    });
    expect(queues[0]?.attributes).not.toHaveProperty("FifoQueue");
    expect(queues[0]?.attributes).not.toHaveProperty("RedrivePolicy");
    expect(queues[2]?.attributes).toMatchObject(fromJson.queues[2]?.attributes ?? {});
  });

  it("gives the same role", () => {
    const parsed = ({ roles }: StackModel): unknown =>
      roles.map(({ address, arn, assumeRolePolicy, policies }) => ({
        address,
        arn,
        assumeRolePolicy,
        policies,
      }));
    expect(parsed(readState())).toEqual(parsed(fromJson));
  });

  it("is read through child modules", () => {
    const isQueue = ({ type }: Resources[number]): boolean => type.startsWith("aws_sqs_queue");
    const all = appliedState.values.root_module.resources;
    const nested = readState({
      resources: all.filter((resource) => !isQueue(resource)),
      child_modules: [
        { child_modules: [{ address: "module.a.module.b", resources: all.filter(isQueue) }], resources: [] },
      ],
    });
    expect(nested.queues).toEqual(readState().queues);
    expect(nested.restApis).toEqual(readState().restApis);
  });

  it.each([
    ["a raw state file", { version: 4, lineage: "x", resources: [] }, "state: is a raw state file; "],
    ["an empty state", { format_version: "1.0" }, "state: is a state that holds no resources; "],
  ])("%s is refused", (_, document, message) => {
    expect(() => readStack({ document, environment: {} })).toThrow(message);
    expect(() => readStack({ document, environment: {} })).toThrow("terraform show -json");
  });
});
