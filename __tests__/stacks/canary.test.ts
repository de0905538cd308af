import { readSettings } from "../../settings/settings";
import { type Synthesized, synthesizedAuthStack, synthesizedNoAuthStack } from "../support/synthesized";

type Change = NonNullable<Parameters<typeof synthesizedNoAuthStack>[0]>;

const TYPE = "aws_api_gateway_deployment";
const ON = { canary: { percent: 10 } };
const PROMOTED = { canary: { end: "promote" } } as const;
const ROLLED_BACK = { canary: { end: "roll-back" } } as const;

/** Address of the deployment of this name, behind which stands a hash alone. */
function deployment(stack: Synthesized, name: RegExp): string {
  return `${TYPE}.${stack.only(TYPE, name).name_in_terraform}`;
}

const attributes = (stack: Synthesized, address: string) =>
  stack.resources(TYPE)[address.split(".")[1] ?? ""];
const stage = (stack: Synthesized) => stack.only("aws_api_gateway_stage");
const moved = ({ json }: Synthesized) => json.moved as unknown;
const stackWith = (change: Change = {}) => synthesizedNoAuthStack(change);

const PLAIN = stackWith();
const ADDRESSES = {
  deployment: deployment(PLAIN, /_Deployment_[0-9A-F]{8}$/),
  baseline: deployment(stackWith(ON), /_Baseline_/),
  canary: deployment(stackWith(ON), /_Canary_/),
};

test("without a canary, the stage has one deployment, and nothing is moved", () => {
  expect(Object.keys(PLAIN.resources(TYPE))).toHaveLength(1);
  expect(moved(PLAIN)).toBeUndefined();
  expect(stage(PLAIN)).not.toHaveProperty("canary_settings");
  expect(stage(PLAIN)).not.toHaveProperty("lifecycle");
});

describe("a canary", () => {
  const stack = stackWith({ ...ON, response: "compact" });

  test("leaves the stage the deployment that it has, which no trigger replaces", () => {
    expect(moved(stack)).toEqual([{ from: ADDRESSES.deployment, to: ADDRESSES.baseline }]);
    expect(stage(stack).deployment_id).toBe(`\${${ADDRESSES.baseline}.id}`);
    expect(attributes(stack, ADDRESSES.baseline)?.lifecycle).toEqual({
      create_before_destroy: true,
      ignore_changes: ["triggers"],
    });
  });

  test("gets its share of the requests, and every further change", () => {
    expect(stage(stack).canary_settings).toEqual({
      deployment_id: `\${${ADDRESSES.canary}.id}`,
      percent_traffic: 10,
      use_stage_cache: false,
    });
    const canary = attributes(stack, ADDRESSES.canary);
    expect(canary?.lifecycle).toEqual({ create_before_destroy: true });
    expect(canary?.triggers).toEqual(
      attributes(stackWith({ response: "compact" }), ADDRESSES.deployment)?.triggers,
    );
    expect(canary?.triggers).not.toEqual(attributes(stackWith(ON), ADDRESSES.canary)?.triggers);
  });

  test("is refused by Terraform where what the other deployment needs changes", () => {
    const { precondition } = stage(stack).lifecycle as { precondition: { condition: string }[] };
    const needs = (address: string) =>
      `jsonencode({ for name, value in ${address}.triggers : name => value if name != "configuration" })`;
    expect(precondition.map(({ condition }) => condition)).toEqual([
      `\${${needs(ADDRESSES.baseline)} == ${needs(ADDRESSES.canary)}}`,
    ]);
  });

  test("may have all requests, none of them, or parts of a percent", () => {
    const percent = (given: number) =>
      (stage(stackWith({ canary: { percent: given } })).canary_settings as { percent_traffic: number })
        .percent_traffic;
    expect([0, 0.05, 12.5, 100].map(percent)).toEqual([0, 0.05, 12.5, 100]);
  });
});

test("promoted, the canary's deployment becomes the stage's, as if there had never been another", () => {
  const stack = stackWith({ ...PROMOTED, response: "compact" });
  expect(moved(stack)).toEqual([{ from: ADDRESSES.canary, to: ADDRESSES.deployment }]);
  const { resource } = stack.json;
  expect(resource).toEqual(stackWith({ response: "compact" }).json.resource);
});

test("rolled back, the stage has the deployment from before, and keeps it whatever changes", () => {
  const stack = stackWith({ ...ROLLED_BACK, response: "compact" });
  expect(moved(stack)).toEqual([{ from: ADDRESSES.baseline, to: ADDRESSES.deployment }]);
  expect(stage(stack)).toEqual(stage(PLAIN));
  expect(attributes(stack, ADDRESSES.deployment)?.lifecycle).toEqual({
    create_before_destroy: true,
    ignore_changes: ["triggers"],
  });
});

test("throttles, keys and outputs are the same with and without a canary", () => {
  const settings = { apiKeys: ["partner"], throttlingRateLimit: 5, throttlingBurstLimit: 10 };
  const others = (change: Change) => {
    const { resource = {}, output } = synthesizedAuthStack({ ...settings, ...change }).json;
    const ofDeployments = [TYPE, "aws_api_gateway_stage"];
    return [output, Object.entries(resource).filter(([type]) => !ofDeployments.includes(type))];
  };
  expect(others(ON)).toEqual(others({}));
});

describe("a mistake is told", () => {
  const mistake = (canary: unknown, more: object = {}) => {
    const context = {
      params: { aws_region_name: "eu-central-1", storage_sqs_queue_name: "q", canary },
      "no-auth-stack": { storage_sqs_queue_name: "open", ...more },
    };
    try {
      readSettings(context, {});
    } catch (error) {
      return String(error);
    }
    return "none";
  };

  test.each([
    [{ percent: 150 }, /params\.canary\.percent: is out of range, got 150; .* from 0 to 100/],
    [{ percent: -1 }, /params\.canary\.percent: is out of range, got -1;/],
    [{ percent: 0.001 }, /params\.canary\.percent: has more than two decimals, got 0\.001;/],
    [{ percent: "10" }, /params\.canary\.percent: is not a number, got "10"; .* Write 10, without quotes/],
    [{ end: "rollback" }, /params\.canary\.end: is no end of a canary, got "rollback"; promote, roll-back/],
    [{ percent: 10, end: "promote" }, /params\.canary: is not a canary, got .*; one of .*percent.*end/],
    [10, /params\.canary: is not a canary, got 10;/],
    [{}, /params\.canary: is not a canary, got \{\};/],
  ])("%j", (canary, message) => {
    expect(mistake(canary)).toMatch(message);
  });

  test("a canary of a stage that others make", () => {
    const foreign = { existing_rest_api_id: "a1b2c3d4e5", stage_name: "v1" };
    expect(mistake({ percent: 10 }, foreign)).toMatch(
      /canary: is about a stage, which is not the stack's here in no-auth-stack, got .*deploy_existing_rest_api/,
    );
    expect(mistake({ percent: 10 }, { ...foreign, deploy_existing_rest_api: true })).toBe("none");
  });
});
