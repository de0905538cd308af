import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type * as VerifyWebhook from "../../package/verify-webhook";
import { lambdaMessage } from "../support/webhook-message";

const ROOT = resolve(__dirname, "../..");

test("the module is one file for a function's archive, without any package", async () => {
  const folder = mkdtempSync(join(tmpdir(), "verify-webhook-"));
  const file = join(folder, "verify-webhook.js");
  const args = [
    "package/verify-webhook.ts",
    "--bundle",
    "--platform=node",
    `--outfile=${file}`,
    "--log-level=error",
  ];
  execFileSync("npx", ["esbuild", ...args], { cwd: ROOT });
  const { signedSample, verify } = createRequire(file)(file) as typeof VerifyWebhook;
  const meta = signedSample("meta");
  const taken = verify(lambdaMessage(meta), { sender: "meta", secret: meta.secret });
  await expect(taken).resolves.toMatchObject({ kind: "delivery", body: meta.body });
  const github = signedSample("github");
  const refused = verify(lambdaMessage(github), { sender: "github", secret: github.secret });
  await expect(refused).rejects.toMatchObject({
    code: "missing_library",
    message:
      "@octokit/webhooks-methods: checks this sender's signatures, and can't be loaded. Run npm install @octokit/webhooks-methods; " +
      'where a bundler or a strict package manager hides it, give the option library: await import("@octokit/webhooks-methods").',
  });
  rmSync(folder, { recursive: true });
});
