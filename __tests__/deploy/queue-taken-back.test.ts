import { SETTING_GROUPS } from "../support/setting-groups";
import { awsSnapshot } from "../support/deploy/aws-snapshot";
import { ChangingStack } from "../support/deploy/changing-stack";
import { describeDeploy } from "../support/deploy/describe-deploy";

const FIFO = SETTING_GROUPS["a FIFO queue"];

describeDeploy("settings of a deployed stack's queue that are taken back", () => {
  let stack: ChangingStack;
  let before: unknown;
  const snapshot = () => awsSnapshot(stack.workspace.aws);

  beforeAll(async () => {
    stack = await ChangingStack.deploy();
    before = await snapshot();
  });

  afterAll(() => stack.workspace.close());

  test("of a FIFO queue leave it as it was before", async () => {
    await stack.applyOnly({ ...SETTING_GROUPS["another queue"].settings });
    const fifo = await snapshot();
    await stack.applyOnly({ ...SETTING_GROUPS["another queue"].settings, ...FIFO.settings });
    expect(await snapshot()).not.toEqual(fifo);
    await stack.applyOnly({ ...SETTING_GROUPS["another queue"].settings });
    expect(await snapshot()).toEqual(fifo);
    await stack.expectNothingToChange();
  });

  test("an existing queue takes the place of the stack's own, and gives it back", async () => {
    await stack.applyOnly(SETTING_GROUPS["somebody else's queue"].settings);
    expect(JSON.stringify(await snapshot())).not.toContain("orders");
    await stack.applyOnly({});
    expect(await snapshot()).toEqual(before);
    await stack.expectNothingToChange();
  });
});
