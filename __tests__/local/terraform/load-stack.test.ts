import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadStack } from "../../../local/terraform/load-stack";
import { StackError } from "../../../local/terraform/stack-error";
import { readVariables } from "../../../local/terraform/variable-files";
import { readStack } from "../../../local/terraform/read-stack";
import type { Queue } from "../../../local/terraform/model/queue";
import { CDKTF_DOCUMENT } from "../../support/cdktf-document";

const PROVIDER = { aws: { region: "eu-west-1" } };
let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "stack-")), "my-stack");
  mkdirSync(folder);
});

afterEach(() => {
  rmSync(join(folder, ".."), { recursive: true });
});

function write(file: string, content: unknown): string {
  const path = join(folder, file);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

function queue(body: Record<string, unknown>): Record<string, unknown> {
  return { provider: PROVIDER, resource: { aws_sqs_queue: { q: { name: "q", ...body } } } };
}

async function firstQueue(path = folder, variables: Record<string, string> = {}): Promise<Queue | undefined> {
  const loaded = await loadStack(path);
  const given = Object.entries(variables);
  return readStack({ loaded, variables: given, environment: { TF_VAR_delay: "1" } }).queues[0];
}

describe("a path", () => {
  it("to a file names the stack after its folder", async () => {
    const path = write("cdk.tf.json", CDKTF_DOCUMENT);
    const variables = { authorizer_lambda_arn: "arn:aws:lambda:eu-west-1:000000000000:function:f" };
    const loaded = await loadStack(path);
    const model = readStack({ loaded, variables: Object.entries(variables), environment: {} });
    expect(model.name).toBe("my-stack");
    expect(model.restApis[0]?.stages[0]?.name).toBe("prod");
  });

  it("to a state names the stack after the file", async () => {
    const path = write("orders.json", { format_version: "1.0", values: { root_module: {} } });
    expect(readStack({ loaded: await loadStack(path), environment: {} })).toEqual({
      name: "orders",
      notes: expect.any(Function) as unknown,
      restApis: [],
      buckets: [],
      queues: [],
      roles: [],
      lambdaFunctions: [],
      lambdaPermissions: [],
      eventSourceMappings: expect.any(Function) as unknown,
    });
  });

  it("to a folder puts its files together, override files last", async () => {
    write("a_override.tf.json", { resource: { aws_sqs_queue: { q: { delay_seconds: 7 } } } });
    write("b.tf.json", queue({ name: "${local.name}", delay_seconds: 1 }));
    write("c.tf.json", { locals: { name: "from-c" } });
    expect(await firstQueue()).toMatchObject({ name: "from-c", attributes: { DelaySeconds: "7" } });
  });

  it("to a folder with the same resource twice is refused", async () => {
    write("a.tf.json", queue({}));
    write("b.tf.json", queue({}));
    await expect(firstQueue()).rejects.toThrow("aws_sqs_queue.q: is declared twice, again in b.tf.json");
  });

  it.each<[string, string, string]>([
    ["notes.txt", "", "holds no Terraform configuration; *.tf and *.tf.json files are read"],
    ["main.tf.json", "{", "main.tf.json, line 1, column 2: is not JSON"],
    ["main.tf.json", '{\n  "a": 1\n  "b": 2\n}', "main.tf.json, line 3, column 3: is not JSON"],
    ["main.tf.json", '{ "resource": {}, "resource": {} }', "main.tf.json, line 1, column 19: repeats a key"],
    ["main.tf.json", "{\0}\0", "main.tf.json: is not UTF-8, got UTF-16"],
    ["main.tf.json", "[]", "main.tf.json: is not a JSON object"],
    ["main.tf.json", '{"resource": 1}', "main.tf.json: resource: is not a block, got 1"],
  ])("to a folder with %s holding %j is refused", async (file, content, message) => {
    write(file, content);
    await expect(firstQueue()).rejects.toThrow(message);
  });

  it("to nothing is refused", async () => {
    await expect(firstQueue(join(folder, "nowhere"))).rejects.toThrow(
      "nowhere: there is no such file or folder",
    );
  });
});

describe("files of the stack", () => {
  it("can be read by expressions", async () => {
    write("redrive.json", "{}");
    write("name.tftpl", "${prefix}-queue");
    write(
      "main.tf.json",
      queue({
        name: '${templatefile("${path.module}/name.tftpl", { prefix = "x" })}',
        redrive_policy: '${file("redrive.json")}',
      }),
    );
    expect(await firstQueue()).toMatchObject({ name: "x-queue", attributes: { RedrivePolicy: "{}" } });
  });

  it("must lie in its folder, links followed", async () => {
    writeFileSync(join(folder, "..", "secret"), "s");
    symlinkSync(join(folder, "..", "secret"), join(folder, "link"));
    write("main.tf.json", queue({ name: '${file("link")}' }));
    await expect(firstQueue()).rejects.toThrow("outside the stack's folder");
  });
});

describe("variables", () => {
  beforeEach(() => {
    write("main.tf.json", {
      ...queue({ delay_seconds: "${var.delay}" }),
      variable: { delay: { type: "number", default: 0 } },
    });
  });

  it("come from the environment, then files, then the caller", async () => {
    expect((await firstQueue())?.attributes.DelaySeconds).toBe("1");
    write("terraform.tfvars.json", { delay: 2 });
    expect((await firstQueue())?.attributes.DelaySeconds).toBe("2");
    write("z.auto.tfvars.json", { delay: 3 });
    expect((await firstQueue())?.attributes.DelaySeconds).toBe("3");
    expect((await firstQueue(folder, { delay: "4" }))?.attributes.DelaySeconds).toBe("4");
  });

  it.each([
    ["{\n", /terraform\.tfvars\.json, line 2, column 1: is not JSON/],
    ["[1]", /terraform\.tfvars\.json: is not a JSON object/],
  ])("in a file of %j are told with it", async (content, message) => {
    write("terraform.tfvars.json", content);
    await expect(firstQueue()).rejects.toThrow(message);
  });

  it("that the stack does not declare are another stack's", async () => {
    expect((await firstQueue(folder, { other: "4" }))?.attributes.DelaySeconds).toBe("1");
  });
});

describe("providers", () => {
  it("with an alias give their region to the resources that name them", () => {
    const resource = {
      aws_sqs_queue: { here: { name: "here" }, there: { name: "there", provider: "aws.other" } },
    };
    const regions = [{ region: "eu-west-1" }, { alias: "other", region: "${var.region}" }];
    const document = {
      provider: { aws: regions },
      resource,
      variable: { region: { default: "us-gov-west-1" } },
    };
    expect(readStack({ document, environment: {} }).queues.map(({ arn }) => arn)).toEqual([
      "arn:aws:sqs:eu-west-1:000000000000:here",
      "arn:aws-us-gov:sqs:us-gov-west-1:000000000000:there",
    ]);
  });
});

describe("what is no stack is refused with its file and what to give instead", () => {
  it.each([
    [
      "prod.tfvars",
      'name = "orders"\n',
      "is a file of variables and no stack. Give the folder of the configuration, and this file by --var-file",
    ],
    [
      "prod.auto.tfvars.json",
      "{}",
      "is a file of variables and no stack. Give the folder of the configuration, and this file by --var-file",
    ],
    [
      "plan",
      "PK\u0003\u0004 tfplan",
      "is a plan file as `terraform plan -out` writes it, which Terraform alone can read. Give what `terraform show -json plan` prints in the folder of its configuration",
    ],
    [
      "terraform.tfstate",
      '{"version": 4, "lineage": "x", "resources": []}',
      "is a raw state file; the output of `terraform show -json` after an apply is read. Give the output of `terraform show -json` instead",
    ],
    [
      "state.json",
      '{"format_version": "1.0"}',
      "is a state that holds no resources; the output of `terraform show -json` after an apply is read. Apply the stack first",
    ],
  ])("%s", async (file, content, message) => {
    const path = write(file, content);
    await expect(loadStack(path)).rejects.toThrow(new StackError({ address: path, wrong: message }));
  });

  it("a file of variables that is not there", async () => {
    const path = join(folder, "prod.tfvars");
    await expect(readVariables([path])).rejects.toThrow(
      `${path}: there is no such file or folder. Correct the path`,
    );
  });
});
