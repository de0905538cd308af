import { readSettings } from "../../settings/settings";
import { synthesizedNoAuthStack } from "../support/synthesized";

const inDev = synthesizedNoAuthStack({ environment: "dev", tags: { team: "orders" } });

test("an environment has a queue, a state and tags of its own", () => {
  expect(inDev.only("aws_sqs_queue", /^Queue_[0-9A-F]+$/).name).toBe("${var.storage_sqs_queue_name}-dev");
  expect(inDev.json.terraform?.backend).toEqual({ local: { path: "no-auth-stack-dev.tfstate" } });
  expect(inDev.json.provider?.aws).toEqual([
    expect.objectContaining({
      default_tags: [
        { tags: { team: "orders", Environment: "dev", "queue-leveling:stack": "no-auth-stack-dev" } },
      ],
    }),
  ]);
});

test("what follows the queue's name, -dev and -dlq, counts against its 80 characters", () => {
  expect(JSON.stringify(inDev.json.variable?.storage_sqs_queue_name)).toContain("{1,72}");
});

test("no two environments, and no two stacks in them, share a state", () => {
  const states = [undefined, "dev", "no", "auth", "stack"].map(
    (environment) => synthesizedNoAuthStack({ environment }).json.terraform?.backend,
  );
  expect(new Set(states.map((state) => JSON.stringify(state))).size).toBe(states.length);
});

const TWO_QUEUES = {
  params: { storage_sqs_queue_name: "a" },
  "no-auth-stack": { storage_sqs_queue_name: "b" },
};

test("the process's environment wins over the setting", () => {
  const context = { ...TWO_QUEUES, environment: "dev" };
  expect(readSettings(context, {}).environment).toBe("dev");
  expect(readSettings(context, { QUEUE_LEVELING_ENVIRONMENT: "staging" }).environment).toBe("staging");
});

test.each(["Prod", "dlq", "my-env", "", "<environment>", "seventeenletters1", 7])(
  "%p names no environment",
  (environment) => {
    expect(() => readSettings({ ...TWO_QUEUES, environment }, {})).toThrow(/context\.environment: is/);
  },
);

test("a queue's name that leaves no room for the environment is a mistake", () => {
  const context = { params: { storage_sqs_queue_name: "q".repeat(73) }, environment: "dev" };
  expect(() => readSettings(context, {})).toThrow(
    /storage_sqs_queue_name: is not a name for this queue, got "q+"; up to 72 letters/,
  );
});

test.each(["Environment", "environment", "queue-leveling:stack", "Queue-Leveling:Stack"])(
  "the tag %s is the stack's own, in any case: IAM tells no two apart by it",
  (key) => {
    const context = { ...TWO_QUEUES, params: { storage_sqs_queue_name: "a", tags: { [key]: "mine" } } };
    expect(() => readSettings(context, {})).toThrow(/ own tag, got /);
  },
);
