import { spawn } from "node:child_process";
import { join } from "node:path";

/** What the provider, the S3 backend and the CLIs need to use an emulated AWS, and nothing of the real one. */
export interface AwsEnvironment extends Readonly<Record<string, string>> {
  readonly AWS_ACCESS_KEY_ID: string;
}

/** AWS as an emulator on this machine plays it, in memory, for one test file. */
export interface EmulatedAws {
  readonly endpoint: string;
  readonly environment: AwsEnvironment;
  stop(): Promise<void>;
}

/** Account that the emulated AWS answers for. */
export const EMULATED_ACCOUNT_ID = "123456789012";
/** Region in which the tests deploy. */
export const EMULATED_REGION = "eu-central-1";

/** Starts `moto_server` on a free port of this machine and waits until it serves. */
export async function startEmulatedAws(): Promise<EmulatedAws> {
  const script = join(__dirname, "moto", "moto_server.py");
  const server = spawn("python3", [script, "-H", "127.0.0.1", "-p", "0"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const exited = new Promise<void>((resolve) =>
    server.once("exit", () => {
      resolve();
    }),
  );
  const endpoint = await announcedEndpoint(server.stderr);
  return {
    endpoint,
    environment: awsEnvironment(endpoint, "test"),
    stop: async () => {
      server.kill();
      await exited;
    },
  };
}

/** Environment in which all that speaks to AWS speaks to `endpoint`. */
export function awsEnvironment(endpoint: string, accessKeyId: string): AwsEnvironment {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: EMULATED_REGION,
    // By default the provider retries a request that the emulator can't serve for minutes.
    AWS_MAX_ATTEMPTS: "2",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

/** The server names its address, with the port that the system chose, once it listens. */
function announcedEndpoint(stderr: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    stderr.setEncoding("utf8");
    stderr.on("data", (chunk: string) => {
      text += chunk;
      const [endpoint] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
      if (endpoint !== undefined) resolve(endpoint);
      text = text.slice(-10_000);
    });
    stderr.on("end", () => {
      reject(new Error(`moto_server ended before it served:\n${text}`));
    });
  });
}
