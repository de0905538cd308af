import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { HeadObjectCommand } from "@aws-sdk/client-s3";
import { awsClients } from "../support/deploy/aws-clients";
import { deployContext } from "../support/deploy/deploy-context";
import { DeployWorkspace } from "../support/deploy/deploy-workspace";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { EMULATED_ACCOUNT_ID, EMULATED_REGION } from "../support/deploy/emulated-aws";
import { type HttpStateServer, startHttpStateServer } from "../support/deploy/http-state-server";
import { importQueue } from "../support/deploy/imported-queue";
import { createLockTable, lockIds } from "../support/deploy/lock-table";
import { PostgresqlServer } from "../support/deploy/postgresql-server";
import { remainingResources } from "../support/deploy/remaining-resources";
import { bucketKeys, bucketObject, createStateBucket } from "../support/deploy/state-bucket";
import { succeeded } from "../support/deploy/succeeded";

const STACK = "no-auth-stack";

/** Synthesizes with a backend, writes a state, reads it from the store and from a fresh folder, and destroys. */
async function proveBackend(
  workspace: DeployWorkspace,
  backend: Record<string, unknown>,
  storedState: () => Promise<string | undefined>,
): Promise<void> {
  workspace.project.configure(deployContext({ backend }));
  await workspace.synth();
  await succeeded(workspace.terraform(STACK, "init", "-input=false"));
  const address = await importQueue(workspace, STACK, "open-orders");
  expect(resourceTypes(await storedState())).toContain("aws_sqs_queue");

  rmSync(join(workspace.project.stackFolder(STACK), ".terraform"), { recursive: true });
  await succeeded(workspace.terraform(STACK, "init", "-input=false"));
  const { stdout } = await succeeded(workspace.terraform(STACK, "state", "list"));
  expect(stdout).toContain(address);

  await succeeded(workspace.terraform(STACK, "destroy", "-auto-approve", "-input=false"));
  expect(resourceTypes(await storedState())).toEqual([]);
  expect(await remainingResources(workspace.aws)).toEqual([]);
}

function resourceTypes(state: string | undefined): string[] {
  const { resources } = JSON.parse(state ?? "") as { resources: { mode: string; type: string }[] };
  return resources.filter(({ mode }) => mode === "managed").map(({ type }) => type);
}

describeDeploy("a state in a file, in S3, and behind HTTP", () => {
  let workspace: DeployWorkspace;
  let server: HttpStateServer;

  beforeEach(async () => {
    workspace = await DeployWorkspace.create(deployContext());
    await createStateBucket(workspace.aws, "states");
    server = await startHttpStateServer();
  });

  afterEach(async () => {
    server.close();
    await workspace.close();
  });

  test("local: a file for each stack in the project's folder", async () => {
    const file = join(workspace.project.folder, `terraform.${STACK}.tfstate`);
    await proveBackend(workspace, { local: {} }, () => Promise.resolve(readFileSync(file, "utf8")));
  });

  test("http: at an address for each stack, with its locks", async () => {
    const address = `${server.url}/{stack}`;
    const backend = { http: { address, lock_address: address, unlock_address: address } };
    await proveBackend(workspace, backend, () => Promise.resolve(server.state(`/${STACK}`)));
    expect(server.state("/auth-stack")).toBeUndefined();
  });

  test("s3: encrypted by an own key, written by an assumed role, at an endpoint of its own", async () => {
    const { AWS_ENDPOINT_URL: s3 } = workspace.environment;
    workspace.environment.AWS_ENDPOINT_URL_S3 = "http://127.0.0.1:1";
    const key = `arn:aws:kms:${EMULATED_REGION}:${EMULATED_ACCOUNT_ID}:key/3f0c5d1e-0000-4000-8000-000000000000`;
    const backend = {
      s3: {
        bucket: "states",
        key: "{stack}.tfstate",
        region: EMULATED_REGION,
        kms_key_id: key,
        assume_role: { role_arn: `arn:aws:iam::${EMULATED_ACCOUNT_ID}:role/states` },
        endpoints: { s3 },
        use_path_style: true,
      },
    };
    await proveBackend(workspace, backend, () => bucketObject(workspace.aws, "states", `${STACK}.tfstate`));
    const { SSEKMSKeyId } = await awsClients(workspace.aws).s3.send(
      new HeadObjectCommand({ Bucket: "states", Key: `${STACK}.tfstate` }),
    );
    expect(SSEKMSKeyId).toBe(key);
  });

  test("s3: locked in a DynamoDB table, as set-ups older than Terraform 1.10 do", async () => {
    await createLockTable(workspace.aws, "locks");
    const backend = { s3: { bucket: "states", region: EMULATED_REGION, dynamodb_table: "locks" } };
    const key = `queue-leveling/${STACK}/terraform.tfstate`;
    await proveBackend(workspace, backend, () => bucketObject(workspace.aws, "states", key));
    expect(await lockIds(workspace.aws, "locks")).toEqual([`states/${key}-md5`]);
  });

  test("partial configuration: init is told the bucket; -migrate-state takes the state along from the file", async () => {
    await workspace.synth();
    await succeeded(workspace.terraform(STACK, "init", "-input=false"));
    const address = await importQueue(workspace, STACK, "open-orders");

    workspace.project.configure(deployContext({ backend: { s3: { region: EMULATED_REGION } } }));
    await workspace.synth();
    const refused = await workspace.terraform(STACK, "plan", "-input=false");
    expect(refused.exitCode).toBe(1);
    expect(refused.output).toContain("Backend initialization required");

    const migrate = [
      "init",
      "-input=false",
      "-migrate-state",
      "-force-copy",
      "-backend-config=bucket=states",
    ];
    await succeeded(workspace.terraform(STACK, ...migrate));
    const key = `queue-leveling/${STACK}/terraform.tfstate`;
    expect(await bucketKeys(workspace.aws, "states")).toEqual([key]);
    expect(resourceTypes(await bucketObject(workspace.aws, "states", key))).toContain("aws_sqs_queue");
    const { stdout } = await succeeded(workspace.terraform(STACK, "state", "list"));
    expect(stdout).toContain(address);
  });
});

describeDeploy(
  "a state in PostgreSQL",
  () => {
    let workspace: DeployWorkspace;
    let postgresql: PostgresqlServer;

    beforeAll(async () => {
      [workspace, postgresql] = await Promise.all([
        DeployWorkspace.create(deployContext()),
        PostgresqlServer.start(),
      ]);
      workspace.environment.PG_CONN_STR = postgresql.connectionString;
    });

    afterAll(async () => {
      await postgresql.stop();
      await workspace.close();
    });

    test("pg: a schema for each stack, and no credentials in the JSON", async () => {
      const state = () => postgresql.query(`SELECT data FROM "${STACK}".states WHERE name = 'default'`);
      await proveBackend(workspace, { pg: {} }, state);
      const json = readFileSync(join(workspace.project.stackFolder(STACK), "cdk.tf.json"), "utf8");
      expect(json).not.toContain("postgres:");
      expect(existsSync(join(workspace.project.stackFolder(STACK), "terraform.tfstate"))).toBe(false);
    });
  },
  ["postgresql"],
);
