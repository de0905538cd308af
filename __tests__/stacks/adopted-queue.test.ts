import type { QueueOptions } from "../../constructs/queue/leveled-queue";
import { type Synthesized, synthesizedNoAuthStack } from "../support/synthesized";

const ARN = "arn:aws:sqs:eu-central-1:123456789012:orders";

function adopting(more: QueueOptions & { messageGroupId?: { header: string } } = {}): Synthesized {
  return synthesizedNoAuthStack({ adoptQueue: ARN, keepQueueAttributes: true, ...more });
}

function lifecycleOf(stack: Synthesized) {
  return stack.only("aws_sqs_queue", /^Queue_(?!DeadLetter)/).lifecycle as {
    ignore_changes?: string[];
    precondition?: { condition: string }[];
  };
}

test("an import block names the queue by its URL, as a literal", () => {
  const stack = adopting();
  const { name_in_terraform: name } = stack.only("aws_sqs_queue", /^Queue_(?!DeadLetter)/);
  expect(stack.json.import).toEqual([
    { to: `aws_sqs_queue.${name}`, id: "https://sqs.eu-central-1.amazonaws.com/123456789012/orders" },
  ]);
});

test.each([
  ["cn-north-1", "aws-cn", "https://sqs.cn-north-1.amazonaws.com.cn/123456789012/orders"],
  ["us-gov-west-1", "aws-us-gov", "https://sqs.us-gov-west-1.amazonaws.com/123456789012/orders"],
])("in %s the URL is the partition's", (awsRegionName, partition, id) => {
  const adoptQueue = `arn:${partition}:sqs:${awsRegionName}:123456789012:orders`;
  const stack = synthesizedNoAuthStack({ awsRegionName, adoptQueue, keepQueueAttributes: true });
  expect(stack.json.import).toMatchObject([{ id }]);
});

test("Terraform refuses another queue than the one that is imported", () => {
  expect(lifecycleOf(adopting()).precondition?.[0]?.condition).toContain(
    `:\${var.storage_sqs_queue_name}" == "${ARN}"`,
  );
});

test("all that the queue's resource says is kept, but what it is", () => {
  const { ignore_changes: kept = [] } = lifecycleOf(adopting());
  const said = Object.keys(adopting().only("aws_sqs_queue", /^Queue_(?!DeadLetter)/));
  const isQueue = ["//", "name", "name_in_terraform", "fifo_queue", "lifecycle"];
  expect(said.filter((attribute) => !kept.includes(attribute) && !isQueue.includes(attribute))).toEqual([]);
  expect(kept).toEqual(expect.arrayContaining(["tags", "tags_all"]));
});

test("what a setting says is not kept", () => {
  const { ignore_changes: kept } = lifecycleOf(adopting({ delaySeconds: 5, encryption: "sqs-managed" }));
  expect(kept).not.toContain("delay_seconds");
  expect(kept).not.toContain("sqs_managed_sse_enabled");
  expect(kept).toContain("message_retention_seconds");
});

test("keepQueueAttributes: false keeps nothing", () => {
  const stack = synthesizedNoAuthStack({ adoptQueue: ARN, keepQueueAttributes: false });
  expect(lifecycleOf(stack)).not.toHaveProperty("ignore_changes");
  expect(Object.keys(stack.resources("aws_sqs_queue"))).toHaveLength(2);
});

test("a kept queue has a dead-letter queue of the stack's only where a setting asks for it", () => {
  expect(adopting().resources("aws_sqs_queue_redrive_policy")).toEqual({});
  const asked = adopting({ deadLetterQueue: true, maxReceiveCount: 3 });
  expect(Object.keys(asked.resources("aws_sqs_queue_redrive_policy"))).toHaveLength(1);
});

test("one that a deployed stack has is not destroyed unasked", () => {
  const guard = synthesizedNoAuthStack({ keepQueueAttributes: true }).only("aws_sqs_queue", /DeadLetter/);
  expect(guard).toMatchObject({ count: 0, lifecycle: { prevent_destroy: true } });
  const asked = synthesizedNoAuthStack({ keepQueueAttributes: true, deadLetterQueue: false });
  expect(Object.keys(asked.resources("aws_sqs_queue"))).toHaveLength(1);
});

test("a FIFO queue may deduplicate by content, which nobody here knows", () => {
  const stack = adopting({ fifo: true, adoptQueue: `${ARN}.fifo`, messageGroupId: { header: "X-Tenant" } });
  expect(stack.json.import).toMatchObject([{ id: expect.stringMatching(/\/orders[.]fifo$/) as string }]);
});

test("without adoptQueue nothing is imported, and all is kept as before", () => {
  const stack = synthesizedNoAuthStack({ keepQueueAttributes: true });
  expect(stack.json).not.toHaveProperty("import");
  expect(lifecycleOf(stack).ignore_changes).toEqual(lifecycleOf(adopting()).ignore_changes);
});
