import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningGateway, startGateway } from "../../local/server/start-gateway";
import { synthesizedNoAuthStack } from "../support/synthesized";

type Change = NonNullable<Parameters<typeof synthesizedNoAuthStack>[0]>;

const folder = mkdtempSync(join(tmpdir(), "canary-"));
const PLAIN = synthesized("plain", {});
const COMPACT = { response: "compact" } as const;

let gateway: RunningGateway | undefined;

afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The folder of a `no-auth-stack` with these settings. */
function synthesized(
  name: string,
  settings: Change,
  edit?: (stage: Record<string, unknown>) => void,
): string {
  const stack = synthesizedNoAuthStack({ throttlingRateLimit: -1, ...settings });
  if (edit) for (const stage of Object.values(stack.resources("aws_api_gateway_stage"))) edit(stage);
  const path = join(folder, name, "no-auth-stack");
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, "cdk.tf.json"), JSON.stringify(stack.json));
  return path;
}

async function serve(stack: string, baseline?: string): Promise<RunningGateway> {
  gateway = await startGateway({ stacks: [stack], baseline });
  return gateway;
}

/** How often each status is answered, of `times` requests. */
async function statuses({ stacks }: RunningGateway, times = 20): Promise<Record<string, number>> {
  const headers = { "Content-Type": "application/json" };
  const counts: Record<string, number> = {};
  for (let count = 0; count < times; count += 1) {
    const { status } = await fetch(stacks[0]?.url ?? "", { method: "POST", headers, body: "{}" });
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

test("with what was synthesized before as the baseline, its share of the requests is the canary's", async () => {
  const half = await serve(synthesized("half", { ...COMPACT, canary: { percent: 50 } }), PLAIN);
  expect(half.warnings).toEqual([]);
  const { 200: before = 0, 202: canary = 0 } = await statuses(half, 400);
  expect(before + canary).toBe(400);
  // Of 10 million runs one has less.
  expect(Math.min(before, canary)).toBeGreaterThan(140);
  expect(await half.messages()).toHaveLength(400);
});

test.each<[Change, string]>([
  [{ canary: { percent: 0 } }, "200"],
  [{ canary: { percent: 100 } }, "202"],
  [{ canary: { end: "promote" } }, "202"],
  [{ canary: { end: "roll-back" } }, "200"],
])("%j: all requests are answered %s", async (settings, status) => {
  const stack = synthesized(`all-${JSON.stringify(settings).replace(/\W/g, "")}`, {
    ...COMPACT,
    ...settings,
  });
  const served = await serve(stack, PLAIN);
  expect(await statuses(served)).toEqual({ [status]: 20 });
});

test("without it, what the stage goes on serving is not known, and that is told", async () => {
  for (const canary of [{ percent: 0 }, { end: "roll-back" }] as const) {
    const { warnings } = await serve(
      synthesized(`alone-${Object.keys(canary).join()}`, { ...COMPACT, canary }),
    );
    expect(warnings).toEqual([
      expect.stringMatching(
        /^aws_api_gateway_stage\.\w+: its deployment keeps what was deployed before, .* the baseline\.$/,
      ),
    ]);
    await gateway?.close();
  }
  const { warnings } = await serve(synthesized("promoted-alone", { ...COMPACT, canary: { end: "promote" } }));
  expect(warnings).toEqual([]);
});

test("a changed stack's baseline is what was served before the change, as it is after an apply", async () => {
  const served = await serve(PLAIN);
  const turn = async (name: string, settings: Change) => {
    await served.reload([synthesized(name, settings)]);
    expect(served.warnings).toEqual([]);
    return Object.keys(await statuses(served, 10));
  };
  expect(await turn("1", { ...COMPACT, canary: { percent: 0 } })).toEqual(["200"]);
  expect(await turn("2", { ...COMPACT, canary: { percent: 100 } })).toEqual(["202"]);
  // The canary's deployment is another one; the stage's is still the first.
  expect(await turn("3", { response: { status: 203, template: "{}" }, canary: { percent: 100 } })).toEqual([
    "203",
  ]);
  expect(
    await turn("4", { response: { status: 203, template: "{}" }, canary: { end: "roll-back" } }),
  ).toEqual(["200"]);
  expect(await turn("5", { ...COMPACT, canary: { end: "promote" } })).toEqual(["202"]);
  expect(await turn("6", { canary: { percent: 0 } })).toEqual(["202"]);
});

describe("a template of a canary", () => {
  const template =
    "$context.isCanaryRequest $context.deploymentId.length() $stageVariables.tone $!stageVariables.only";
  const answer = { response: { status: 200, template } };
  const withVariables = (stage: Record<string, unknown>) => {
    stage.variables = { tone: "old" };
    const overrides = { stage_variable_overrides: { tone: "new", only: "here" }, use_stage_cache: true };
    if (stage.canary_settings) Object.assign(stage.canary_settings, overrides);
  };
  const post = async ({ stacks }: RunningGateway) =>
    (
      await fetch(stacks[0]?.url ?? "", {
        method: "POST",
        body: "{}",
        headers: { "Content-Type": "application/json" },
      })
    ).text();

  test.each([
    [100, "true 6 new here"],
    [0, "false 6 old "],
  ])("with %d %% sees that it is one, and the stage variables in its place", async (percent, expected) => {
    const stack = synthesized(`template-${percent}`, { ...answer, canary: { percent } }, withVariables);
    expect(await post(await serve(stack))).toBe(expected);
  });

  test("without a canary sees none", async () => {
    const stack = synthesized("template", answer, withVariables);
    expect(await post(await serve(stack))).toBe(" 6 old ");
  });
});

test("a canary and its stage share the method's throttle", async () => {
  const limits = { throttlingRateLimit: 0.001, throttlingBurstLimit: 10 };
  const stack = synthesized("throttled", { ...limits, canary: { percent: 50 } });
  expect(await statuses(await serve(stack, PLAIN))).toEqual({ "200": 10, "429": 10 });
});

test("unknown stages and paths are answered as ever", async () => {
  const { stacks } = await serve(synthesized("paths", { canary: { percent: 50 } }), PLAIN);
  const status = async (path: string) =>
    (await fetch(`${new URL(stacks[0]?.url ?? "").origin}${path}`, { method: "POST" })).status;
  expect(await status("/no-auth-stack/other/sqs")).toBe(403);
  expect(await status("/no-auth-stack/prod/none")).toBe(403);
  expect(await status("/no-auth-stack")).toBe(403);
});
