import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { ListRolesCommand } from "@aws-sdk/client-iam";
import { GetResourcesCommand, GetRestApisCommand, GetStagesCommand } from "@aws-sdk/client-api-gateway";
import { ListQueuesCommand } from "@aws-sdk/client-sqs";
import { awsClients } from "../support/deploy/aws-clients";
import { deployContext } from "../support/deploy/deploy-context";
import { DeployWorkspace } from "../support/deploy/deploy-workspace";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { EMULATED_REGION } from "../support/deploy/emulated-aws";
import { remainingResources } from "../support/deploy/remaining-resources";
import { bucketKeys, bucketObject, createStateBucket } from "../support/deploy/state-bucket";
import { succeeded } from "../support/deploy/succeeded";
import { until } from "../support/deploy/until";

const STACK = "no-auth-stack";
const BUCKET = "states";
const LOCK = `queue-leveling/${STACK}/terraform.tfstate.tflock`;

interface Report {
  readonly before_import: readonly string[];
  readonly resources_in_state: number;
  readonly orphans: readonly {
    readonly id: string;
    readonly notes: readonly string[];
    readonly remove: readonly string[];
    readonly import: readonly string[];
  }[];
}

/** What the emulated AWS has of a stack. */
interface Counts {
  readonly roles: number;
  readonly queues: number;
  readonly apis: number;
  readonly methods: number;
  readonly stages: number;
}

describeDeploy("what killed applies leave", () => {
  let workspace: DeployWorkspace;
  const terraform = (...args: string[]) => workspace.terraform(STACK, ...args);
  const orphans = async () =>
    JSON.parse((await succeeded(workspace.tool("orphans", STACK, "--json"))).stdout) as Report;

  beforeAll(async () => {
    workspace = await DeployWorkspace.create(
      deployContext({
        backend: { s3: { bucket: BUCKET, region: EMULATED_REGION } },
        // Each queue takes 25 s.
        [STACK]: { storage_sqs_queue_name: "open-orders", dead_letter_queue: false },
      }),
    );
    await createStateBucket(workspace.aws, BUCKET);
    await workspace.synth();
    await succeeded(terraform("init", "-input=false"));
  });

  afterAll(() => workspace.close());

  /** Kills an apply as soon as AWS has one more of something, and unlocks the state. */
  async function killedApply(what: keyof Counts): Promise<void> {
    const before = (await counts())[what];
    const apply = workspace.startTerraform(STACK, "apply", "-auto-approve", "-input=false");
    await until(async () => (await counts())[what] > before, 180_000);
    apply.child.kill("SIGKILL");
    const { output } = await apply.result;
    if (!(await bucketKeys(workspace.aws, BUCKET)).includes(LOCK)) throw new Error(output);
    const { ID } = JSON.parse(await bucketObject(workspace.aws, BUCKET, LOCK)) as { ID: string };
    await succeeded(terraform("force-unlock", "-force", ID));
    await isAtRest();
  }

  /** The provider is a process of its own, which the kill spares, and ends what it was asked for. */
  async function isAtRest(): Promise<void> {
    await until(async () => {
      const before = await counts();
      await setTimeout(3000);
      return isDeepStrictEqual(before, await counts());
    });
  }

  async function counts(): Promise<Counts> {
    const { apiGateway, iam, sqs } = awsClients(workspace.aws);
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
    const { items: apis = [] } = await apiGateway.send(new GetRestApisCommand({}));
    const parts = apis.map(async ({ id: restApiId }) => {
      const { items = [] } = await apiGateway.send(
        new GetResourcesCommand({ restApiId, embed: ["methods"] }),
      );
      const { item = [] } = await apiGateway.send(new GetStagesCommand({ restApiId }));
      return [items.filter(({ resourceMethods }) => resourceMethods).length, item.length] as const;
    });
    const ofApis = await Promise.all(parts);
    const sum = (index: 0 | 1) => ofApis.reduce((total, counted) => total + counted[index], 0);
    const { Roles = [] } = await iam.send(new ListRolesCommand({}));
    return {
      roles: Roles.length,
      queues: QueueUrls.length,
      apis: apis.length,
      methods: sum(0),
      stages: sum(1),
    };
  }

  /** As a user pastes them; this CLI's `aws sqs` does not read AWS_ENDPOINT_URL. */
  async function runAll(commands: readonly string[]): Promise<void> {
    for (const line of commands) {
      const withEndpoint = line.replace(/^aws /, `aws --endpoint-url ${workspace.aws.endpoint} `);
      await succeeded(workspace.shell(withEndpoint));
    }
  }

  test("nothing is deployed: there is nothing", async () => {
    const { stdout } = await succeeded(workspace.tool("orphans", STACK, "--exit-code"));
    expect(stdout).toMatch(
      /^# Nothing in eu-central-1, account 123456789012, carries queue-leveling:stack = no-auth-stack/,
    );
  });

  test("four kills: all that AWS has is listed, and running what is printed removes it all", async () => {
    for (const what of ["queues", "apis", "methods", "stages"] as const) await killedApply(what);
    const there = await remainingResources(workspace.aws);
    const report = await orphans();
    console.log(there, JSON.stringify(report, undefined, 1));
    expect(report.orphans).toHaveLength(there.length);
    expect((await workspace.tool("orphans", STACK, "--exit-code")).exitCode).toBe(3);
    await runAll(report.orphans.flatMap(({ remove }) => remove));
    expect(await remainingResources(workspace.aws)).toEqual([]);
    expect((await orphans()).orphans).toEqual([]);
  });

  test("a kill after the stage is made: what is printed imports it all, and the next apply goes on", async () => {
    await killedApply("stages");
    const before = await remainingResources(workspace.aws);
    const report = await orphans();
    console.log(before, JSON.stringify(report, undefined, 1));
    await runAll(report.before_import.map((line) => `${line} -auto-approve -input=false`));
    await runAll(report.orphans.flatMap((orphan) => orphan.import));
    await succeeded(terraform("apply", "-auto-approve", "-input=false"));
    const plan = await terraform("plan", "-input=false", "-detailed-exitcode");
    expect([plan.exitCode, plan.output]).toEqual([0, expect.stringContaining("No changes.")]);
    expect(await remainingResources(workspace.aws)).toEqual(before);
    expect((await orphans()).orphans).toEqual([]);
  });
});
