import { synthesizedNoAuthStack } from "../../support/synthesized";

/** What the methods send to SQS. */
function templates(...props: Parameters<typeof synthesizedNoAuthStack>): string[] {
  const integrations = synthesizedNoAuthStack(...props).resources("aws_api_gateway_integration");
  return Object.values(integrations).map(
    ({ request_templates: ofTypes }) => (ofTypes as Record<string, string>)["application/json"] ?? "",
  );
}

test("beside a FIFO queue, routes with FIFO queues send deduplication ids, and one with a standard queue does not", () => {
  const made = templates({
    fifo: true,
    messageGroupId: { header: "X-Tenant" },
    messageDeduplicationId: { header: "Id" },
    routes: { "/a": {}, "/b": { fifoHighThroughput: true }, "/c": { fifo: false } },
  });
  const sending = made.filter((text) => text.includes("MessageDeduplicationId"));
  expect(made).toHaveLength(4);
  expect(sending).toHaveLength(3);
  expect(made.every((text) => text.includes("MessageGroupId"))).toBe(true);
});

test("beside a standard queue with delays, a route with a FIFO queue sends none", () => {
  const made = templates({
    messageDelaySeconds: { header: "X-Delay" },
    messageDelayOutOfRange: "clamp",
    routes: {
      "/a": {},
      "/b": { fifo: true, contentBasedDeduplication: true, messageGroupId: { constant: "all" } },
      "/c": { messageDelaySeconds: { query: "delay" }, messageDelayOutOfRange: "refuse" },
    },
  });
  const delaying = made.filter((text) => text.includes("DelaySeconds="));
  expect(made).toHaveLength(4);
  expect(delaying).toHaveLength(3);
  expect(delaying.filter((text) => text.includes("DelaySeconds=900"))).toHaveLength(2);
});
