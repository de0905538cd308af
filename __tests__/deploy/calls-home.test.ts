import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { deployContext } from "../support/deploy/deploy-context";
import { DeployWorkspace } from "../support/deploy/deploy-workspace";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { type RecordingProxy, startRecordingProxy } from "../support/deploy/recording-proxy";
import { succeeded } from "../support/deploy/succeeded";

describeDeploy("with CHECKPOINT_DISABLE set, nothing but AWS is called", () => {
  let workspace: DeployWorkspace;
  let proxy: RecordingProxy;
  let connectionsFile: string;

  beforeAll(async () => {
    workspace = await DeployWorkspace.create(deployContext());
    proxy = await startRecordingProxy();
    connectionsFile = join(workspace.project.folder, "connections");
    Object.assign(workspace.environment, {
      CONNECTIONS_FILE: connectionsFile,
      NODE_OPTIONS: `--require ${join(__dirname, "..", "support", "deploy", "record-connections.js")}`,
      HTTPS_PROXY: proxy.url,
      HTTP_PROXY: proxy.url,
    });
    delete workspace.environment.NO_PROXY;
    delete workspace.environment.no_proxy;
  });

  afterAll(async () => {
    proxy.close();
    await workspace.close();
  });

  /** Hosts beside this machine that Node.js and, by its proxy, Terraform have called since the last time. */
  function calledHosts(): string[] {
    const byNode = existsSync(connectionsFile) ? readFileSync(connectionsFile, "utf8").split("\n") : [];
    rmSync(connectionsFile, { force: true });
    const { hosts } = proxy;
    return [...byNode, ...hosts.splice(0)].filter((host) => !["", "localhost", "127.0.0.1"].includes(host));
  }

  test("by cdktf diff, which synthesizes, initializes and plans", async () => {
    await succeeded(workspace.cdktf("diff", "no-auth-stack"));
    expect(calledHosts()).toEqual([]);
  });

  test("while without it both CLIs do call home, which this test would see", async () => {
    delete workspace.environment.CHECKPOINT_DISABLE;
    await succeeded(workspace.cdktf("synth"));
    await workspace.terraform("no-auth-stack", "version");
    expect(new Set(calledHosts())).toEqual(
      new Set(["checkpoint-api.hashicorp.com", "checkpoint-api.hashicorp.com:443"]),
    );
  });
});
