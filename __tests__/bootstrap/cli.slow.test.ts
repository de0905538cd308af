import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runCommand } from "../support/deploy/run-command";

const PROJECT = resolve(__dirname, "..", "..");

let folder: string;
let server: Server;
interface FakeAnswer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Record<string, string>;
}

/** What the fake STS answers, unless `answer` is a refusal of all calls. */
let account: FakeAnswer;

/** What the fake AWS answers, but for the account. */
let answer: FakeAnswer;

beforeAll(async () => {
  server = createServer((request, response) => {
    const isSts = request.method === "POST";
    const { status, body = "", headers = {} } = isSts && answer.status !== 400 ? account : answer;
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(() => server.close());

beforeEach(() => {
  account = ACCOUNT;
  answer = { status: 200 };
  folder = mkdtempSync(join(tmpdir(), "queue-leveling-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const ACCOUNT: FakeAnswer = {
  status: 200,
  body: "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>",
};

function configure(text: string): void {
  writeFileSync(join(folder, "cdktf.json"), text);
}

/** Runs `npm run bootstrap` in the folder; the environment knows no AWS but the fake one. */
function bootstrap(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  const register = join(PROJECT, "bin", "register.js");
  const { PATH } = process.env;
  return runCommand(process.execPath, ["-r", register, join(PROJECT, "bootstrap", "cli.ts"), ...args], {
    cwd: folder,
    env: {
      PATH,
      HOME: folder,
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_MAX_ATTEMPTS: "1",
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_REGION: "eu-central-1",
      ...env,
    },
  });
}

const S3 = JSON.stringify({ context: { backend: { s3: {} } } });

async function refusal(...given: Parameters<typeof bootstrap>): Promise<string> {
  const before = readFileSync(join(folder, "cdktf.json"), "utf8");
  const { exitCode, output, stdout } = await bootstrap(...given);
  expect([exitCode, stdout]).toEqual([1, ""]);
  expect(output.trimEnd()).not.toContain("\n");
  expect(readFileSync(join(folder, "cdktf.json"), "utf8")).toBe(before);
  return output;
}

test.each([
  ["no credentials", { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" }, /^AWS: has no credentials/],
  ["no Region", { AWS_REGION: "" }, /^the Region: is not known/],
  [
    "a Region that is none",
    { AWS_REGION: "", AWS_DEFAULT_REGION: "Frankfurt" },
    /^AWS_DEFAULT_REGION: is no region/,
  ],
  ["an address that is none", { AWS_ENDPOINT_URL: "foo" }, /^AWS_ENDPOINT_URL: is no address, got "foo"/],
  ["a host without http:", { AWS_ENDPOINT_URL_S3: "localhost:4566" }, /^AWS_ENDPOINT_URL_S3: is no address/],
  [
    "a profile that there is not",
    { AWS_PROFILE: "nope" },
    /^AWS_PROFILE: is no profile .*got "nope"; there is none/,
  ],
  ["no network", { AWS_ENDPOINT_URL: "http://127.0.0.1:1" }, /^AWS: can't be reached, got ECONNREFUSED/],
])("%s is told in one line", async (_what, env, message) => {
  configure(S3);
  expect(await refusal([], env)).toMatch(message);
});

test.each([
  ["ExpiredToken", /^AWS: refuses credentials that have expired/],
  ["InvalidClientTokenId", /^AWS: does not know the credentials/],
  ["Nonsense", /^AWS: refuses the call, got .*Nonsense/],
])("AWS's %s is told in one line", async (code, message) => {
  configure(S3);
  answer = {
    status: 400,
    body: `<ErrorResponse><Error><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
  };
  expect(await refusal()).toMatch(message);
});

const PAGE = "<!DOCTYPE html><head><meta charset=utf-8></head><p>Sign in<br>";

test.each([
  ["a page of a proxy's", 200, PAGE, /^AWS: does not answer, but something on the way.* end of input; /],
  ["a proxy's refusal", 403, PAGE, /^AWS: does not answer, but something on the way/],
  ["an answer without an account", 200, "<html></html>", /^AWS: does not answer, .*: no account; /],
])("%s is told in one line", async (_what, status, body, message) => {
  configure(S3);
  account = { status, body };
  expect(await refusal()).toMatch(message);
});

test("S3 that is too busy for an answer with a body is told in one line", async () => {
  configure(S3);
  answer = { status: 503 };
  expect(await refusal()).toMatch(/^AWS: can't answer now, got HTTP 503; /);
});

function profiles(text: string): void {
  mkdirSync(join(folder, ".aws"));
  writeFileSync(join(folder, ".aws", "config"), text);
}

test("a profile that there is not is told, with those that there are", async () => {
  configure(S3);
  profiles("[default]\na = b\n[profile staging]\na = b\n[sso-session mine]\na = b\n");
  expect(await refusal(["--profile", "nope"])).toMatch(
    /^--profile: is no profile .*, got "nope"; there are default, staging[.] /,
  );
});

test("a profile that is asked for goes before the environment's keys, which nobody warns of", async () => {
  configure(S3);
  profiles("[profile staging]\nregion = us-west-2\n");
  expect(await refusal(["--profile", "staging"])).toMatch(/^AWS: has no credentials/);
});

test.each([
  ["AWS_REGION goes before AWS_DEFAULT_REGION", { AWS_DEFAULT_REGION: "us-east-2" }, "eu-central-1"],
  [
    "AWS_DEFAULT_REGION goes before the profile",
    { AWS_REGION: "", AWS_DEFAULT_REGION: "us-east-2" },
    "us-east-2",
  ],
  ["the profile's is the last", { AWS_REGION: "" }, "us-west-2"],
])("%s", async (_what, env, region) => {
  configure(S3);
  profiles("[default]\nregion = us-west-2\n");
  answer = { status: 200, headers: { "x-amz-bucket-region": "ap-south-1" } };
  expect(await refusal([], env)).toContain(` is in another Region, got ap-south-1; one in ${region}.`);
});

test("a bucket of somebody else is told, and stays theirs", async () => {
  configure(S3);
  answer = { status: 403 };
  expect(await refusal(["--bucket", "theirs"])).toMatch(/^the bucket theirs: is another account's, or/);
});

test("a bucket of another Region is told", async () => {
  configure(S3);
  answer = { status: 200, headers: { "x-amz-bucket-region": "us-west-2" } };
  expect(await refusal()).toMatch(
    / is in another Region, got us-west-2; one in eu-central-1[.] .* npm run bootstrap -- --region us-west-2[.]$/m,
  );
});

test.each([
  ["another backend", { local: {} }, [], /^cdktf.json backend: is not s3.*got \["local"\]/],
  [
    "another bucket",
    { s3: { bucket: "ours" } },
    ["--bucket", "other"],
    /^--bucket: is another one .*only "ours"/,
  ],
  ["another Region", { s3: { region: "us-east-1" } }, ["--region", "eu-west-1"], /^--region: is another one/],
  [
    "a bucket that is no text",
    { s3: { bucket: 1 } },
    [],
    /^cdktf.json backend.s3.bucket: is not a text, got 1/,
  ],
  [
    "a bucket that S3 does not take",
    { s3: { bucket: "A_B" } },
    [],
    /^cdktf.json backend.s3.bucket: is no bucket, got "A_B"; .* Correct it/,
  ],
])("%s in cdktf.json is told, and nothing is made", async (_what, backend, args, message) => {
  configure(JSON.stringify({ context: { backend } }));
  expect(await refusal(args)).toMatch(message);
});

test.each([
  [["--bucket", "Orders_1"], /^--bucket: is no bucket, got "Orders_1"/],
  [["--bucket", "192.168.0.1"], /^--bucket: is no bucket/],
  [["--bucket", "ab"], /^--bucket: is no bucket/],
  [["--region", "Frankfurt"], /^--region: is no region/],
  [["--buckt", "x"], /^--buckt: is not a flag, .* Write --bucket/],
  [["--bucket"], /^--bucket: needs a value/],
  [
    ["states"],
    /^npm run bootstrap: takes no arguments, got "states"; .* as npm run bootstrap -- --bucket my-terraform-states[.]$/m,
  ],
])("%j is told in one line", async (args, message) => {
  configure(S3);
  expect(await refusal(args)).toMatch(message);
});

const isRoot = process.getuid?.() === 0;

(isRoot ? test.skip : test)(
  `a file that can't be written is told first${isRoot ? " (skipped: root may write all)" : ""}`,
  async () => {
    configure(S3);
    chmodSync(join(folder, "cdktf.json"), 0o444);
    expect(await refusal()).toMatch(/^cdktf.json: can't be written/);
  },
);

function npm(...args: string[]) {
  return spawnSync("npm", ["run", "--silent", "bootstrap", ...args], { cwd: PROJECT, encoding: "utf8" });
}

test("npm runs it", () => {
  expect(npm("--", "--help").stdout).toMatch(/^Usage: npm run bootstrap -- \[options\]/);
});

test.each([
  [["--bucket=my-own", "--region=eu-west-1"], "--bucket my-own --region eu-west-1"],
  [["--bucket", "my-own"], "--bucket my-own"],
  [["--no-profile"], "--profile staging"],
  [["--profile", "mine", "--region", "eu-west-1"], "--profile staging --region eu-central-1"],
])("of %j npm would keep the flags: how to hand them on is told", (args, flags) => {
  const { status, stderr, stdout } = npm(...args);
  expect([status, stdout]).toEqual([1, ""]);
  const [line, ...others] = stderr.split("\n").filter((text) => text !== "" && !text.startsWith("npm warn"));
  expect(others).toEqual([]);
  expect(line).toMatch(/^npm run bootstrap: gets no flags before --/);
  expect(line).toMatch(new RegExp(` Write npm run bootstrap -- ${flags}[.]$`));
});
