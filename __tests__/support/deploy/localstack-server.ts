import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { awsEnvironment, EMULATED_ACCOUNT_ID, type EmulatedAws } from "./emulated-aws";
import { until } from "./until";

/** Environment variable that names the Python interpreter in whose packages LocalStack is. */
const PYTHON_VARIABLE = "LOCALSTACK_PYTHON";

/** Why LocalStack can't be started here; undefined where it can. */
export function missingLocalStack(): string | undefined {
  const python = process.env[PYTHON_VARIABLE];
  if (python === undefined) {
    return `${PYTHON_VARIABLE} names no Python with localstack-core: see .ci/localstack`;
  }
  const { status } = spawnSync(python, ["-c", "import localstack.runtime"], { stdio: "ignore" });
  return status === 0 ? undefined : `${python}, which ${PYTHON_VARIABLE} names, has no localstack-core`;
}

/** Starts LocalStack on a free port of this machine, with a temporary folder of its own, and waits until it serves. */
export async function startLocalStack(): Promise<EmulatedAws> {
  const folder = mkdtempSync(join(tmpdir(), "queue-leveling-localstack-"));
  const port = await freePort();
  const server = spawn(
    process.env[PYTHON_VARIABLE] ?? "python3",
    [join(__dirname, "localstack", "run_localstack.py")],
    // A process group of its own, which run_localstack.py kills.
    { cwd: folder, env: serverEnvironment(folder, port), stdio: ["pipe", "ignore", "pipe"], detached: true },
  );
  const exited = new Promise<void>((resolve) =>
    server.once("exit", () => {
      resolve();
    }),
  );
  const stop = async () => {
    server.stdin.end();
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  const endpoint = `http://127.0.0.1:${port}`;
  try {
    await serves(endpoint, server);
  } catch (error) {
    await stop();
    throw error;
  }
  // LocalStack takes twelve digits in the place of an access key for the account.
  return { endpoint, environment: awsEnvironment(endpoint, EMULATED_ACCOUNT_ID), stop };
}

/** @see https://docs.localstack.cloud/references/configuration/ */
function serverEnvironment(folder: string, port: number): Record<string, string> {
  return {
    PATH: "/usr/bin:/bin",
    HOME: folder,
    TMPDIR: folder,
    XDG_CACHE_HOME: folder,
    FILESYSTEM_ROOT: folder,
    PYTHONDONTWRITEBYTECODE: "1",
    // In a container it takes itself for its own Docker image, and writes below /var, /usr and /etc.
    OVERRIDE_IN_DOCKER: "0",
    GATEWAY_SERVER: "hypercorn",
    GATEWAY_LISTEN: `127.0.0.1:${port}`,
    LOCALSTACK_HOST: `localhost:${port}`,
    SERVICES: "apigateway,iam,lambda,s3,sqs,sts",
    STRICT_SERVICE_LOADING: "1",
    SQS_DISABLE_CLOUDWATCH_METRICS: "1",
    // Nothing leaves this machine: no events, no licence, no certificate, no name server.
    DISABLE_EVENTS: "1",
    ACTIVATE_PRO: "0",
    SKIP_SSL_CERT_DOWNLOAD: "1",
    DNS_ADDRESS: "0",
  };
}

/** LocalStack can't choose a port by itself. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}

async function serves(endpoint: string, server: ChildProcess): Promise<void> {
  let errors = "";
  server.stderr?.setEncoding("utf8").on("data", (text: string) => {
    errors = (errors + text).slice(-10_000);
  });
  await until(async () => {
    if (server.exitCode !== null) throw new Error(`LocalStack ended before it served:\n${errors}`);
    return (await fetch(`${endpoint}/_localstack/health`).catch(() => undefined))?.ok === true;
  });
}
