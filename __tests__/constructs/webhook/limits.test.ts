import { readSettings } from "../../../settings/settings";
import { AuthStack } from "../../../stacks/auth-stack";
import { NoAuthStack } from "../../../stacks/no-auth-stack";
import { Testing } from "cdktf";
import type { Params } from "../../support/setting-groups";
import { Synthesized } from "../../support/synthesized";

const REQUEST = { authorization: "REQUEST", authorizer_identity_sources: [{ query: "key" }] };

function settingsOf(settings: Params, group: "auth-stack" | "no-auth-stack") {
  const params = {
    aws_region_name: "eu-central-1",
    storage_sqs_queue_name: "orders",
    authorizer_lambda_arn: "arn:aws:lambda:eu-central-1:123456789012:function:decide",
  };
  const open = { storage_sqs_queue_name: "open" };
  const context = { params, "no-auth-stack": open };
  return readSettings({ ...context, [group]: { ...(group === "no-auth-stack" && open), ...settings } }, {});
}

/** The rate of each entry of the stage's settings, by method path. */
function rates(stack: Synthesized): Record<string, number> {
  const entries = Object.values(stack.resources("aws_api_gateway_method_settings"));
  return Object.fromEntries(
    entries.map(({ method_path: path, settings }) => [
      String(path),
      (settings as { throttling_rate_limit: number }).throttling_rate_limit,
    ]),
  );
}

function authStack(settings: Params): Synthesized {
  const { authStack: given, backend } = settingsOf({ ...REQUEST, ...settings }, "auth-stack");
  return new Synthesized(Testing.synth(new AuthStack(Testing.app(), "auth-stack", { ...given, backend })));
}

function openStack(settings: Params): NoAuthStack {
  const { noAuthStack, backend } = settingsOf(settings, "no-auth-stack");
  return new NoAuthStack(Testing.app(), "no-auth-stack", { ...noAuthStack, backend });
}

describe("a handshake is open in a stack with an authorizer", () => {
  test.each<[string, Params, Record<string, number>]>([
    ["so it is throttled", { webhook: ["github", "meta"] }, { "~1meta/GET": 50 }],
    ["so it is throttled at /sqs", { webhook: "meta" }, { "~1sqs/GET": 50 }],
    [
      "unless its limit is given",
      { webhook: ["meta"], method_throttles: { "meta/GET": { rate_limit: 3, burst_limit: 3 } } },
      { "~1meta/GET": 3 },
    ],
    ["unless the stage has one", { webhook: ["meta"], throttling_rate_limit: 7 }, { "*/*": 7 }],
    ["unless no limit is wanted", { webhook: ["meta"], throttling_rate_limit: -1 }, {}],
    ["and there is none without", { webhook: ["github"] }, {}],
  ])("%s", (_what, settings, expected) => {
    expect(rates(authStack(settings))).toEqual(expected);
  });
});

test("in an open stack the stage's limits are those of handshakes, too", () => {
  expect(rates(new Synthesized(Testing.synth(openStack({ webhook: ["meta"] }))))).toEqual({ "*/*": 50 });
});

/** Requests a second that a budget allows, and the methods that share it. */
function within(settings: Params) {
  const [note = ""] = openStack({ max_cost_per_day: 20, ...settings }).notes;
  const [, rate, methods] =
    /is ([\d.]+) requests a second to (?:each of its (\d+) methods|its one method)/.exec(note) ?? [];
  return { rate: Number(rate), methods: methods === undefined ? 1 : Number(methods) };
}

describe("max_cost_per_day counts every method of a sender", () => {
  test.each<[unknown, number]>([
    ["github", 1],
    ["meta", 2],
    [["github"], 2],
    [["github", "meta"], 4],
    [[{ sender: "meta", own_queue: true }], 3],
  ])("%j", (webhook, methods) => {
    expect(within({ webhook }).methods).toBe(methods);
  });

  test("so that two that queue have half the requests each, and a handshake takes little", () => {
    const one = within({}).rate;
    const two = within({ webhook: ["github"] }).rate;
    const withHandshake = within({ webhook: ["meta"] }).rate;
    expect(two).toBeLessThan(one / 2);
    expect(two).toBeGreaterThan(one / 2.3);
    expect(withHandshake).toBeLessThan(two);
    expect(withHandshake).toBeGreaterThan(one / 3.5);
  });

  test("and the key's requests of each own queue", () => {
    const shared = within({ webhook: ["github"] }).rate;
    expect(within({ webhook: [{ sender: "github", own_queue: true }] }).rate).toBeLessThan(shared);
    const free = { encryption: "sqs-managed" };
    expect(within({ webhook: [{ sender: "github", own_queue: true }], ...free })).toEqual(
      within({ webhook: ["github"], ...free }),
    );
  });

  test("a sender's groups cost what fair queues cost", () => {
    const message_group_id = { header: "X-Tenant" };
    expect(within({ webhook: [{ sender: "github", message_group_id }] }).rate).toBeLessThan(
      within({ webhook: ["github"] }).rate,
    );
  });
});
