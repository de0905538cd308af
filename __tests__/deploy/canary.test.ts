import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { startAwsRecorder } from "../support/deploy/aws-recorder";
import { ChangingStack } from "../support/deploy/changing-stack";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { describeRestApi } from "../support/deploy/rest-api-description";

type Params = Readonly<Record<string, unknown>>;

/** The settings that docs/safe-changes.md shows, in its order. */
const SHOWN = [
  ...readFileSync(resolve(__dirname, "../../docs/safe-changes.md"), "utf8").matchAll(
    /```json\n("canary".*)\n```/g,
  ),
].map(([, setting = ""]) => JSON.parse(`{${setting}}`) as Params);

const [BEGUN = {}, WIDENED = {}, PROMOTED = {}, PAUSED = {}, ROLLED_BACK = {}] = SHOWN;

describeDeploy("a canary of a deployed stack, as docs/safe-changes.md tells it", () => {
  let stack: ChangingStack;
  /** What the stage served when this was last asked for. */
  let served: string | undefined;

  const stage = async () => {
    const { stages, deploymentIds } = await describeRestApi(stack.workspace.aws);
    const [{ deploymentId, canarySettings } = {}] = stages;
    return { deploymentId, canary: canarySettings, deploymentIds };
  };

  beforeAll(async () => {
    stack = await ChangingStack.deploy();
    served = (await stage()).deploymentId;
  });

  afterAll(() => stack.workspace.close());

  afterEach(() => stack.expectNothingToChange());

  test("begins: the stage keeps its deployment, and the canary's is a new one", async () => {
    expect(SHOWN).toHaveLength(5);
    const plan = await stack.applyOnly({ response: "compact", ...BEGUN });
    expect(plan).toContain("has moved to");
    expect(plan).toContain("0 to destroy");
    const { deploymentId, canary, deploymentIds } = await stage();
    expect(deploymentId).toBe(served);
    expect(canary).toMatchObject({ percentTraffic: 10, useStageCache: false });
    expect([...deploymentIds].sort()).toEqual([served, canary?.deploymentId].sort());
  });

  test("gets more requests and another change: no deployment goes while the stage points at it", async () => {
    const before = await stage();
    const recorder = await startAwsRecorder(stack.workspace.aws.endpoint);
    const { environment } = stack.workspace;
    const { AWS_ENDPOINT_URL } = environment;
    environment.AWS_ENDPOINT_URL = recorder.url;
    await stack.applyOnly({ response: "compact", batch: true, ...WIDENED });
    environment.AWS_ENDPOINT_URL = AWS_ENDPOINT_URL;
    const changes = recorder
      .takeCalls()
      .map(({ action, resource }) => `${action} ${resource.replace(/^.*\/restapis\/[^/]+/, "")}`)
      .filter((call) => /:(POST|PATCH|DELETE) \/(deployments|stages)/.test(call));
    recorder.close();
    expect(changes).toEqual([
      "apigateway:POST /deployments",
      "apigateway:PATCH /stages/prod",
      `apigateway:DELETE /deployments/${before.canary?.deploymentId}`,
    ]);
    const { deploymentId, canary, deploymentIds } = await stage();
    expect(deploymentId).toBe(served);
    expect(canary).toMatchObject({ percentTraffic: 50 });
    expect(canary?.deploymentId).not.toBe(before.canary?.deploymentId);
    expect(deploymentIds).toHaveLength(2);
  });

  test("is promoted: its deployment is the stage's, and the setting may go at any time", async () => {
    const { canary } = await stage();
    const plan = await stack.applyOnly({ response: "compact", batch: true, ...PROMOTED });
    expect(plan).toContain("0 to add, 1 to change, 1 to destroy");
    served = canary?.deploymentId;
    expect(await stage()).toEqual({ deploymentId: served, deploymentIds: [served] });
    await stack.expectNothingToChange();
    expect(await stack.applyOnly({ response: "compact", batch: true })).toContain("No changes.");
    expect((await stage()).deploymentId).toBe(served);
  });

  test("is refused where the deployment that goes on serving would lose its queue", async () => {
    const change = { response: "compact", batch: true, forward_headers: ["X-GitHub-Event"], ...BEGUN };
    await stack.applyOnly(change);
    const before = await stage();
    expect(before.deploymentId).toBe(served);
    const variable = "storage_sqs_queue_name=others";
    const { exitCode, output } = await stack.terraform("plan", "-input=false", "-var", variable);
    expect(exitCode).toBe(1);
    expect(output).toMatch(/canary: can't be on while the queue/);
    expect(await stage()).toEqual(before);
  });

  test("gets no requests, and is rolled back: the stage is held where it was until the setting goes", async () => {
    const change = { response: "compact", batch: true, forward_headers: ["X-GitHub-Event"] };
    await stack.applyOnly({ ...change, ...PAUSED });
    expect((await stage()).canary).toMatchObject({ percentTraffic: 0 });
    expect(await stack.applyOnly({ ...change, ...ROLLED_BACK })).toContain(
      "0 to add, 1 to change, 1 to destroy",
    );
    expect(await stage()).toEqual({ deploymentId: served, deploymentIds: [served] });
    await stack.expectNothingToChange();
    await stack.applyOnly({ response: "compact", batch: true });
    expect(await stage()).toEqual({ deploymentId: served, deploymentIds: [served] });
  });

  test("whose end was forgotten: without the setting the stage serves what the settings say", async () => {
    await stack.applyOnly({ response: "compact", ...BEGUN });
    await stack.applyOnly({ response: "compact" });
    const { deploymentId, canary, deploymentIds } = await stage();
    expect(canary).toBeUndefined();
    expect(deploymentIds).toEqual([deploymentId]);
    expect(deploymentId).not.toBe(served);
  });
});
