import { ownQueueId } from "../../constructs/queue/own-queue";
import { SENDERS } from "../../webhooks/senders";
import { type Synthesized, synthesizedNoAuthStack } from "../support/synthesized";

/** What a message has at most. */
const MOST_ATTRIBUTES = 10;

const EACH = Object.entries(SENDERS);

const WEBHOOK = Object.keys(SENDERS);

/** The request templates of the POST of a sender's path. */
function templates(stack: Synthesized, name: string): Record<string, string> {
  const { request_templates: found } = stack.only(
    "aws_api_gateway_integration",
    new RegExp(`_${ownQueueId(name)}_(?!Handshake)`),
  );
  return found as Record<string, string>;
}

function attributeNames(template: string): string[] {
  return Array.from(
    template.matchAll(/&MessageAttribute[^=]*[.]Name=([A-Za-z0-9_.-]+)/g),
    ([, name = ""]) => name,
  );
}

describe("all senders, each at its path, to one standard queue", () => {
  const stack = synthesizedNoAuthStack({ webhook: WEBHOOK });

  test.each(EACH)("%s", (name, { contentTypes, forwardHeaders }) => {
    const found = templates(stack, name);
    expect(Object.keys(found).sort()).toEqual([...contentTypes].sort());
    for (const template of Object.values(found)) {
      const names = attributeNames(template);
      expect(names).toEqual(expect.arrayContaining([...forwardHeaders, "RequestId"]));
      expect(names.length).toBeLessThanOrEqual(MOST_ATTRIBUTES);
    }
  });
});

describe("all senders, each at its path, to one FIFO queue", () => {
  const stack = synthesizedNoAuthStack({
    webhook: WEBHOOK,
    fifo: true,
    contentBasedDeduplication: true,
    messageGroupId: { constant: "all" },
  });

  test.each(EACH)("%s", (name, { messageDeduplicationId }) => {
    for (const template of Object.values(templates(stack, name))) {
      expect(template).toContain("MessageGroupId");
      expect(template).toContain(`&MessageDeduplicationId=${name}%3A$value`);
      const isOfRequest = template.includes("$found = $context.extendedRequestId");
      expect(isOfRequest).toBe(messageDeduplicationId === undefined);
    }
  });
});
