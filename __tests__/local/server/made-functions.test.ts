import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { unpackFunction } from "../../../local/lambda/unpack-function";
import { type GatewayOptions, startGateway } from "../../../local/server/start-gateway";
import { SynthesizedProject } from "../../support/synthesized-project";

const OWN = `exports.handler = async ({ authorizationToken, methodArn }) => ({
  principalId: require("./lib/principal"),
  policyDocument: {
    Version: "2012-10-17",
    Statement: [{ Action: "execute-api:Invoke", Effect: authorizationToken === "own" ? "Allow" : "Deny", Resource: methodArn }],
  },
});`;

const PARAMS = { aws_region_name: "eu-central-1", storage_sqs_queue_name: "orders" };

function synthesized(folder: string): SynthesizedProject {
  return new SynthesizedProject({
    params: PARAMS,
    "auth-stack": { authorizer_function_folder: folder },
    "no-auth-stack": { storage_sqs_queue_name: "open" },
  });
}

/** Statuses of requests with these tokens, and the token that the gateway tells. */
async function answers(project: SynthesizedProject, tokens: string[], options: Partial<GatewayOptions> = {}) {
  const gateway = await startGateway({ stacks: [project.stack("auth-stack")], ...options });
  const url = gateway.stacks[0]?.url ?? "";
  const headers = { "Content-Type": "application/json" };
  const statuses: number[] = [];
  for (const Authorization of tokens) {
    const { status } = await fetch(url, {
      method: "POST",
      headers: { ...headers, Authorization },
      body: "{}",
    });
    statuses.push(status);
  }
  await gateway.close();
  return { statuses, sampleToken: gateway.sampleToken };
}

describe("a function that the stack makes", () => {
  const project = synthesized("lambda/token-authorizer");
  const own = join(mkdtempSync(join(tmpdir(), "queue-leveling-own-")), "function.zip");

  beforeEach(() => {
    delete process.env.AUTHORIZER_TOKEN;
  });

  afterAll(() => {
    project.remove();
    rmSync(join(own, ".."), { recursive: true });
  });

  test.each([
    [{ runtime: "python3.13" }, "its runtime is python3.13"],
    [{ filename: "not-built.zip" }, /its archive .*not-built\.zip is not there/],
  ])("that can't run here, for %j, is told, and another authorizer stands in", async (change, message) => {
    const file = join(project.stack("auth-stack"), "cdk.tf.json");
    const document = JSON.parse(readFileSync(file, "utf8")) as {
      resource: { aws_lambda_function: Record<string, object> };
    };
    const functions = document.resource.aws_lambda_function;
    for (const name of Object.keys(functions)) Object.assign(functions[name] ?? {}, change);
    const folder = mkdtempSync(join(tmpdir(), "queue-leveling-other-"));
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(document));
    const options = {
      stacks: [folder],
      defaultAuthorizer: join(process.cwd(), "lambda", "token-authorizer"),
    };
    const gateway = await startGateway(options);
    expect(gateway.warnings.find((line) => line.startsWith("aws_lambda_function."))).toMatch(message);
    await gateway.close();
    rmSync(folder, { recursive: true });
  });

  test("runs from its archive, with the token of the sample", async () => {
    const { statuses, sampleToken } = await answers(project, ["testtoken", "other"]);
    expect(statuses).toEqual([200, 403]);
    expect(sampleToken).toBe("testtoken");
  });

  test("takes its token from the variable", async () => {
    const variables = { authorizer_token: "of-the-variable" };
    const { statuses } = await answers(project, ["of-the-variable", "testtoken"], { variables });
    expect(statuses).toEqual([200, 403]);
  });

  test("runs what is in the archive, with its modules, and not what is in the folder", async () => {
    const text = (content: string) => Buffer.from(content);
    const archive = zipSync({ "index.js": text(OWN), "lib/principal.js": text('module.exports = "me";') });
    writeFileSync(join(project.stack("auth-stack"), "authorizer-function.zip"), archive);
    expect((await answers(project, ["own", "testtoken"])).statuses).toEqual([200, 403]);
  });

  test("does not run where a module is named", async () => {
    const { statuses } = await answers(project, ["testtoken", "own"], {
      authorizer: join(__dirname, "../../../lambda/token-authorizer"),
      variables: { authorizer_token: "unused" },
    });
    expect(statuses).toEqual([500, 500]);
  });

  test("is told where its archive is missing", async () => {
    rmSync(join(project.stack("auth-stack"), "authorizer-function.zip"));
    await expect(answers(project, [])).rejects.toThrow(
      /can't run the stacks' authorizers.*authorizer-function\.zip/s,
    );
  });

  test("is unpacked into no other folder than its own", () => {
    writeFileSync(own, zipSync({ "../evil.js": Buffer.from("1") }));
    expect(() => unpackFunction(own, "index.handler")).toThrow("../evil.js leads out of the archive");
    expect(() => unpackFunction(own, "index.main")).toThrow("index.main is not named handler");
  });
});
