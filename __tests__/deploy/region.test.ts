import { deployContext } from "../support/deploy/deploy-context";
import { DeployWorkspace } from "../support/deploy/deploy-workspace";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { EMULATED_REGION } from "../support/deploy/emulated-aws";
import { onOneLine } from "../support/deploy/one-line";
import { remainingResources } from "../support/deploy/remaining-resources";
import { succeeded } from "../support/deploy/succeeded";

const STACK = "no-auth-stack";
const ELSEWHERE = "us-east-1";
const REFUSAL = `aws_region_name: is another Region than the stack is deployed in, got ${ELSEWHERE}; allowed is ${EMULATED_REGION}.`;

/** Somebody else's queue: no waiting for one of the stack's own, and the API is abandoned just as well. */
const EXISTING_QUEUE = { existing_queue_arn: `arn:aws:sqs:${EMULATED_REGION}:123456789012:theirs` };

describeDeploy("the Region of a deployed stack", () => {
  let workspace: DeployWorkspace;
  const terraform = (...args: string[]) => workspace.terraform(STACK, ...args);
  const plan = (...args: string[]) => terraform("plan", "-input=false", "-detailed-exitcode", ...args);
  const apply = (...args: string[]) => terraform("apply", "-input=false", "-auto-approve", ...args);
  const state = async () => (await succeeded(terraform("state", "list"))).stdout;

  async function configure(region: string): Promise<void> {
    workspace.project.configure(
      deployContext({ params: { aws_region_name: region }, [STACK]: EXISTING_QUEUE }),
    );
    await workspace.synth();
  }

  beforeAll(async () => {
    workspace = await DeployWorkspace.create(deployContext());
    await configure(EMULATED_REGION);
    await succeeded(terraform("init", "-input=false"));
    await succeeded(apply());
  });

  afterAll(() => workspace.close());

  test.each<[string, string, readonly string[]]>([
    ["by the setting", ELSEWHERE, []],
    ["by -var", EMULATED_REGION, ["-var", `aws_region_name=${ELSEWHERE}`]],
  ])(
    "can't be changed %s, neither by plan nor by apply; changed back, nothing is to do",
    async (_how, region, args) => {
      const before = [await state(), await remainingResources(workspace.aws)];
      await configure(region);
      for (const command of [plan, apply]) {
        const { exitCode, output } = await command(...args);
        expect(exitCode).toBe(1);
        expect(onOneLine(output)).toContain(REFUSAL);
      }
      expect([await state(), await remainingResources(workspace.aws)]).toEqual(before);
      await configure(EMULATED_REGION);
      expect((await plan()).exitCode).toBe(0);
    },
  );

  test("is where a refresh looks, whatever is asked for: the state forgets nothing", async () => {
    const before = await state();
    const { output } = await succeeded(apply("-refresh-only", "-var", `aws_region_name=${ELSEWHERE}`));
    expect(onOneLine(output)).toContain(REFUSAL);
    expect(await state()).toBe(before);
  });

  test("is remembered from the next apply on, where the stack is older than the memory", async () => {
    const address = (await state()).split("\n").find((line) => line.startsWith("terraform_data."));
    await succeeded(terraform("state", "rm", address ?? ""));
    expect((await succeeded(apply())).output).toContain("1 added, 0 changed, 0 destroyed");
    expect((await plan("-var", `aws_region_name=${ELSEWHERE}`)).exitCode).toBe(1);
  });

  test("is where destroy destroys, so that the stack can then be deployed elsewhere", async () => {
    await configure(ELSEWHERE);
    await succeeded(terraform("destroy", "-input=false", "-auto-approve"));
    expect(await remainingResources(workspace.aws)).toEqual([]);
    await succeeded(apply());
    const { stdout } = await succeeded(terraform("output", "-raw", "api_url"));
    expect(stdout).toContain(`.execute-api.${ELSEWHERE}.amazonaws.com/`);
  });
});
