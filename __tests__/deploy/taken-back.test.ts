import { SETTING_GROUPS } from "../support/setting-groups";
import { awsSnapshot } from "../support/deploy/aws-snapshot";
import { ChangingStack } from "../support/deploy/changing-stack";
import { describeDeploy } from "../support/deploy/describe-deploy";

const STANDARD = SETTING_GROUPS["a standard queue"].settings;
const WITHOUT_DEAD_LETTERS = SETTING_GROUPS["a queue with a customer's key, without dead letters"].settings;

describeDeploy("settings of a deployed stack that are taken back", () => {
  let stack: ChangingStack;
  let before: unknown;
  const snapshot = () => awsSnapshot(stack.workspace.aws);

  beforeAll(async () => {
    stack = await ChangingStack.deploy();
    before = await snapshot();
  });

  afterAll(() => stack.workspace.close());

  test("reach AWS while they are set", async () => {
    await stack.applyOnly(STANDARD);
    expect(await snapshot()).not.toEqual(before);
    await stack.expectNothingToChange();
  });

  test("are gone when others are set: no redrive policy names the dead-letter queue that is gone", async () => {
    await stack.applyOnly(WITHOUT_DEAD_LETTERS);
    const queues = JSON.stringify(await snapshot());
    expect(queues).not.toContain("orders-dlq");
    expect(queues).not.toContain("image/png");
    await stack.expectNothingToChange();
  });

  test("leave AWS as it was before", async () => {
    await stack.applyOnly({});
    expect(await snapshot()).toEqual(before);
    await stack.expectNothingToChange();
  });
});
