import { cpSync, mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createAuthorizerFunction } from "../support/deploy/authorizer-function";
import { type AwsRecorder, type RecordedCall, startAwsRecorder } from "../support/deploy/aws-recorder";
import { ciPolicy, grantedActions, refusedCalls } from "../support/deploy/ci-policies";
import { deployContext } from "../support/deploy/deploy-context";
import { DeployWorkspace } from "../support/deploy/deploy-workspace";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { EMULATED_ACCOUNT_ID, EMULATED_REGION } from "../support/deploy/emulated-aws";
import { githubPipeline, gitlabPipeline, type PipelineJob } from "../support/pipeline";
import type { Context } from "../support/deploy/project-copy";
import { remainingResources } from "../support/deploy/remaining-resources";
import { type CommandResult, runCommand } from "../support/deploy/run-command";
import { bucketKeys } from "../support/deploy/state-bucket";
import { succeeded } from "../support/deploy/succeeded";

const STACK = "auth-stack";
const BUCKET = `queue-leveling-states-${EMULATED_ACCOUNT_ID}-${EMULATED_REGION}`;

const PLAN_POLICY = ciPolicy("plan-policy.json");
const APPLY_POLICY = ciPolicy("apply-policy.json");

/** What IAM asks for besides the action of the request itself, of which no request tells. */
const IMPLIED = ["iam:PassRole", "iam:TagRole", "sqs:TagQueue"];

/** What a job leaves for the next one, in a folder with nothing else, as on another runner. */
function handedOn({ artifacts }: PipelineJob, from: string): string {
  const folder = mkdtempSync(join(from, "runner-"));
  for (const artifact of artifacts) {
    const path = artifact.replace(/\$STACK|\$\{\{ env\.STACK \}\}/, STACK);
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    cpSync(join(from, path), join(folder, path));
  }
  return folder;
}

/** Settings of one commit after the other. */
function contextWith(settings: object): Context {
  const context = deployContext({ backend: { s3: { bucket: BUCKET, region: EMULATED_REGION } } });
  return { ...context, [STACK]: settings };
}

describeDeploy("the pipelines of examples/ci, on an AWS that remembers what it was asked", () => {
  let workspace: DeployWorkspace;
  let recorder: AwsRecorder;
  const calls: RecordedCall[] = [];

  beforeAll(async () => {
    workspace = await DeployWorkspace.create(contextWith({ tags: { team: "orders" } }));
    await createAuthorizerFunction(workspace.aws, "decide");
    await succeeded(workspace.bootstrap());
    recorder = await startAwsRecorder(workspace.aws.endpoint);
  });

  afterAll(async () => {
    recorder.close();
    await workspace.close();
  });

  async function runJob(job: PipelineJob, cwd: string, more: NodeJS.ProcessEnv = {}): Promise<CommandResult> {
    const env = { ...workspace.environment, ...job.environment, ...more, AWS_ENDPOINT_URL: recorder.url };
    // The copy of the project has its dependencies.
    const script = job.script.replace(/^npm ci .*$/m, "");
    return runCommand("bash", ["-eo", "pipefail", "-c", script], { cwd, env });
  }

  /** The calls since it was last asked. */
  function takeCalls(): RecordedCall[] {
    const taken = recorder.takeCalls();
    calls.push(...taken);
    return taken;
  }

  test("GitHub's plans with the right to read only, and applies that plan on a runner with nothing else", async () => {
    const { plan, apply } = githubPipeline();
    const { folder } = workspace.project;
    const summary = join(folder, "summary.md");
    await succeeded(runJob(plan, folder, { GITHUB_STEP_SUMMARY: summary }));
    expect(readFileSync(summary, "utf8")).toMatch(/Plan: \d\d to add, 0 to change, 0 to destroy\./);
    expect(refusedCalls(takeCalls(), [PLAN_POLICY])).toEqual([]);

    const runner = handedOn(plan, folder);
    await succeeded(runJob(apply, runner));
    const again = await runJob(apply, runner);
    expect(again.exitCode).toBe(1);
    expect(again.output).toContain("Saved plan is stale");
    expect(refusedCalls(takeCalls(), [PLAN_POLICY, APPLY_POLICY])).toEqual([]);
    expect(await bucketKeys(workspace.aws, BUCKET)).toEqual([`queue-leveling/${STACK}/terraform.tfstate`]);
  });

  test("GitLab's does so, too, by the token of the job", async () => {
    workspace.project.configure(
      contextWith({ visibility_timeout_seconds: 90, authorizer_result_ttl_seconds: 60 }),
    );
    const { plan, apply } = gitlabPipeline();
    const { folder } = workspace.project;
    const token = join(folder, "id-token");
    const byToken = {
      AWS_ID_TOKEN: "a token",
      AWS_WEB_IDENTITY_TOKEN_FILE: token,
      AWS_ROLE_SESSION_NAME: "gitlab-1-2",
      AWS_ENDPOINT_URL_STS: recorder.url,
      AWS_ACCESS_KEY_ID: "",
      AWS_SECRET_ACCESS_KEY: "",
    };
    const as = (role: string) => ({
      ...byToken,
      AWS_ROLE_ARN: `arn:aws:iam::${EMULATED_ACCOUNT_ID}:role/${role}`,
    });
    const { output } = await succeeded(runJob(plan, folder, as("plan")));
    expect(output).toMatch(/Plan: 1 to add, \d+ to change, 1 to destroy\./);
    expect(readFileSync(token, "utf8")).toBe("a token");
    const planned = takeCalls();
    expect(planned).toContainEqual(expect.objectContaining({ action: "sts:AssumeRoleWithWebIdentity" }));
    expect(refusedCalls(planned, [PLAN_POLICY])).toEqual([]);

    await succeeded(runJob(apply, handedOn(plan, folder), as("apply")));
    expect(refusedCalls(takeCalls(), [PLAN_POLICY, APPLY_POLICY])).toEqual([]);
  });

  test("the rights are enough to destroy the stack", async () => {
    const script = 'terraform -chdir="cdktf.out/stacks/$STACK" destroy -auto-approve';
    await succeeded(runJob({ ...githubPipeline().apply, script }, workspace.project.folder));
    expect(refusedCalls(takeCalls(), [PLAN_POLICY, APPLY_POLICY])).toEqual([]);
    expect(await remainingResources(workspace.aws)).toEqual([]);
  });

  test("no right is granted that nothing above needed", () => {
    const used = new Set([...calls.map(({ action }) => action), ...IMPLIED]);
    const granted = [...grantedActions(PLAN_POLICY), ...grantedActions(APPLY_POLICY)];
    expect(granted.filter((action) => !used.has(action))).toEqual([]);
  });

  test("a right that is left out would be noticed", () => {
    expect(refusedCalls(calls, [PLAN_POLICY])).toContain(
      `sqs:CreateQueue arn:aws:sqs:${EMULATED_REGION}:${EMULATED_ACCOUNT_ID}:orders`,
    );
  });
});
