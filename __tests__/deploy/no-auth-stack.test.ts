import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { DeleteBucketLifecycleCommand, PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import { awsClients } from "../support/deploy/aws-clients";
import { describeBucket } from "../support/deploy/bucket-description";
import { deployContext } from "../support/deploy/deploy-context";
import { DeployWorkspace } from "../support/deploy/deploy-workspace";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { EMULATED_ACCOUNT_ID, EMULATED_REGION } from "../support/deploy/emulated-aws";
import { remainingResources } from "../support/deploy/remaining-resources";
import { describeRestApi } from "../support/deploy/rest-api-description";
import { bucketKeys } from "../support/deploy/state-bucket";
import { succeeded } from "../support/deploy/succeeded";

const BUCKET = `queue-leveling-states-${EMULATED_ACCOUNT_ID}-${EMULATED_REGION}`;
const KEY = "queue-leveling/no-auth-stack/terraform.tfstate";

describeDeploy("no-auth-stack, by plain Terraform, its state in the bucket that bootstrap makes", () => {
  let workspace: DeployWorkspace;
  let bootstrapped: string;
  /** Terraform runs where there is nothing else; this needs npm. */
  const bootstrap = async () => {
    const { environment } = workspace;
    const { PATH } = environment;
    environment.PATH = process.env.PATH;
    const { stdout } = await succeeded(workspace.bootstrap());
    environment.PATH = PATH;
    return stdout;
  };
  const terraform = (...args: string[]) => workspace.terraform("no-auth-stack", ...args);

  beforeAll(async () => {
    workspace = await DeployWorkspace.create(deployContext({ backend: { s3: {} } }));
    bootstrapped = await bootstrap();
    await workspace.synth();
    workspace.environment.PATH = folderWithOnly("terraform", workspace.project.folder);
    await succeeded(terraform("init", "-input=false"));
    await succeeded(terraform("plan", "-input=false", "-out=first.tfplan"));
    await succeeded(terraform("apply", "-input=false", "first.tfplan"));
  });

  afterAll(() => workspace.close());

  test("bootstrap tells in one line what it did, and does nothing when run again", async () => {
    expect(bootstrapped).toMatch(
      new RegExp(
        `^The bucket ${BUCKET} in ${EMULATED_REGION} is made: .*; its name is written into cdktf.json.\\n$`,
      ),
    );
    expect(await bootstrap()).toMatch(/ is as it should be: nothing is changed; cdktf.json names it.\n$/);
  });

  test("the bucket is closed, encrypted and versioned, and holds the state", async () => {
    expect(await describeBucket(workspace.aws, BUCKET)).toEqual({
      public: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
      ownership: "BucketOwnerEnforced",
      statements: [
        {
          Sid: "RefusePlainHttp",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [`arn:aws:s3:::${BUCKET}`, `arn:aws:s3:::${BUCKET}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
      encryption: "AES256",
      versioning: "Enabled",
      lifecycle: [
        expect.objectContaining({ Status: "Enabled", NoncurrentVersionExpiration: { NoncurrentDays: 90 } }),
        expect.objectContaining({
          Status: "Enabled",
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
        }),
      ],
    });
    expect(await bucketKeys(workspace.aws, BUCKET)).toEqual([KEY]);
    expect(existsSync(join(workspace.project.stackFolder("no-auth-stack"), "terraform.tfstate"))).toBe(false);
  });

  test("what the bucket lacks is put there again, and what else it has stays", async () => {
    const { s3 } = awsClients(workspace.aws);
    const statement = {
      Sid: "Theirs",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:DeleteBucket",
      Resource: `arn:aws:s3:::${BUCKET}`,
    };
    await s3.send(
      new PutBucketPolicyCommand({
        Bucket: BUCKET,
        Policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
      }),
    );
    await s3.send(new DeleteBucketLifecycleCommand({ Bucket: BUCKET }));
    expect(await bootstrap()).toMatch(/ is now closed to plain HTTP, old versions for 90 days; /);
    const { statements } = await describeBucket(workspace.aws, BUCKET);
    expect(statements).toEqual([statement, expect.objectContaining({ Sid: "RefusePlainHttp" })]);
  });

  test("POST /sqs is open, and the stage prod serves it", async () => {
    const { api, post, stages, authorizers } = await describeRestApi(workspace.aws);
    expect(api.name).toBe("open-orders");
    expect(post.authorizationType).toBe("NONE");
    expect(authorizers).toEqual([]);
    expect(stages.map(({ stageName }) => stageName)).toEqual(["prod"]);
  });

  test("terraform output gives the URL, ready to be pasted", async () => {
    const { api } = await describeRestApi(workspace.aws);
    const { stdout } = await succeeded(terraform("output", "-raw", "api_url"));
    expect(stdout).toBe(`https://${api.id ?? ""}.execute-api.${EMULATED_REGION}.amazonaws.com/prod/sqs`);
  });

  test("a second plan is empty", async () => {
    const plan = await terraform("plan", "-input=false", "-detailed-exitcode");
    expect(plan.output).toContain("No changes.");
    expect(plan.exitCode).toBe(0);
  });

  test("destroy leaves nothing behind", async () => {
    await succeeded(terraform("destroy", "-auto-approve", "-input=false"));
    expect(await remainingResources(workspace.aws)).toEqual([]);
  });
});

/** A folder for the PATH in which `program` is, and Node.js, say, is not. */
function folderWithOnly(program: string, parent: string): string {
  const folder = join(parent, "only-programs");
  const found = (process.env.PATH ?? "")
    .split(delimiter)
    .map((entry) => join(entry, program))
    .find((file) => existsSync(file));
  mkdirSync(folder);
  symlinkSync(found ?? program, join(folder, program));
  return folder;
}
