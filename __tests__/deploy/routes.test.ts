import { GetQueueUrlCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { awsClients } from "../support/deploy/aws-clients";
import { awsSnapshot } from "../support/deploy/aws-snapshot";
import { ChangingStack } from "../support/deploy/changing-stack";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { describeRoles } from "../support/deploy/role-description";
import { whileServed } from "../support/deploy/served-state";
import { SETTING_GROUPS } from "../support/setting-groups";

const { settings: SETTINGS } = SETTING_GROUPS["several queues"];

describeDeploy("several queues of a deployed stack", () => {
  let stack: ChangingStack;
  let before: unknown;

  beforeAll(async () => {
    stack = await ChangingStack.deploy();
    before = await awsSnapshot(stack.workspace.aws);
  });

  afterAll(() => stack.workspace.close());

  test("each path has a role that may send to its queues, and to no others", async () => {
    await stack.applyOnly(SETTINGS);
    await stack.expectNothingToChange();
    const roles = await describeRoles(stack.workspace.aws);
    const queues = JSON.stringify(roles.map(({ inlinePolicies }) => inlinePolicies)).match(
      /"Resource":[^}]*/g,
    );
    expect(queues?.map((text) => text.match(/(?<=:\d{12}:)[\w.-]+/g)).sort()).toEqual([
      ["orders", "orders-high"],
      ["orders-eu-refunds.fifo"],
      ["orders-orders", "orders-orders-low"],
    ]);
  });

  test.each([
    ["/sqs", '{"n":1}', { "X-Priority": "high" }, "orders-high"],
    ["/sqs", '{"n":2}', { "X-Priority": "low" }, "orders"],
    ["/orders", '{"priority":"low"}', {}, "orders-orders-low"],
    ["/eu/refunds", '{"n":4}', { "Idempotency-Key": "a" }, "orders-eu-refunds.fifo"],
  ])("a message to %s that is %s with %j arrives in %s", async (path, body, headers, QueueName) => {
    const { sqs } = awsClients(stack.workspace.aws);
    expect((await send(path, body, headers)).ok).toBe(true);
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
    expect(Messages.map(({ Body }) => Body)).toEqual([body]);
  });

  test("taken back, they leave nothing behind", async () => {
    await stack.applyOnly({});
    expect(await awsSnapshot(stack.workspace.aws)).toEqual(before);
    await stack.expectNothingToChange();
  });

  function send(path: string, body: string, headers: Record<string, string>): Promise<Response> {
    const shared = { "Content-Type": "application/json", Authorization: "testtoken" };
    return whileServed(stack, (url) =>
      fetch(`${url.replace(/[/]sqs$/, "")}${path}`, {
        method: "POST",
        headers: { ...shared, ...headers },
        body,
      }),
    );
  }
});
