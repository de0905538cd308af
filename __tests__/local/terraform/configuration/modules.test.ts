import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { loadStack } from "../../../../local/terraform/load-stack";
import { readResources } from "../../../../local/terraform/read-stack";
import type { TerraformResource } from "../../../../local/terraform/terraform-resource";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "modules-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const PROVIDERS = { aws: [{ region: "eu-west-1" }, { alias: "us", region: "us-east-1" }] };
const QUEUE = { aws_sqs_queue: { q: { name: "${var.name}" } } };
const NAMED = { variable: { name: { type: "string" } }, resource: QUEUE };

function write(file: string, content: unknown): void {
  const target = path.join(folder, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, typeof content === "string" ? content : JSON.stringify(content));
}

/** Writes the root module, and reads its queues and those of its modules. */
async function queues(root: Record<string, unknown>): Promise<readonly TerraformResource[]> {
  write("main.tf.json", { provider: PROVIDERS, ...root });
  const loaded = await loadStack(folder);
  return readResources({ loaded, environment: {} }).resources.ofType("aws_sqs_queue");
}

async function names(root: Record<string, unknown>): Promise<Record<string, string>> {
  return Object.fromEntries((await queues(root)).map((queue) => [queue.address, queue.text("name")]));
}

describe("a local module", () => {
  beforeEach(() => {
    write("rules/main.tf.json", NAMED);
  });

  it("gets its arguments from the caller's scope", async () => {
    const module = { one: { source: "./rules", name: "${local.prefix}-one" } };
    expect(await names({ locals: { prefix: "p" }, module })).toEqual({
      "module.one.aws_sqs_queue.q": "p-one",
    });
  });

  it("stands as often as its count says, and its outputs with it", async () => {
    write("rules/out.tf.json", { output: { name: { value: "${aws_sqs_queue.q.name}" } } });
    const module = { many: { source: "./rules", count: 2, name: "q${count.index}" } };
    const resource = { aws_sqs_queue: { all: { name: '${join("-", module.many[*].name)}' } } };
    expect(await names({ module, resource })).toEqual({
      "aws_sqs_queue.all": "q0-q1",
      "module.many[0].aws_sqs_queue.q": "q0",
      "module.many[1].aws_sqs_queue.q": "q1",
    });
  });

  it("stands for each key, and may be called by a module, too", async () => {
    const module = {
      each: { source: "../rules", for_each: { a: "x", b: "y" }, name: "${each.key}-${each.value}" },
    };
    write("outer/main.tf.json", { module });
    expect(await names({ module: { outer: { source: "./outer" } } })).toEqual({
      'module.outer.module.each["a"].aws_sqs_queue.q': "a-x",
      'module.outer.module.each["b"].aws_sqs_queue.q': "b-y",
    });
  });

  it("has ids and names of its own in each instance", async () => {
    write("rules/main.tf.json", { resource: { aws_sqs_queue: { q: {} } } });
    const [first, second] = await queues({ module: { m: { source: "./rules", count: 2 } } });
    expect(first?.text("name")).toMatch(/^terraform-/);
    expect(first?.text("name")).not.toBe(second?.text("name"));
  });

  it("reads files beside it by path.module", async () => {
    write("rules/name.txt", "from-file");
    const resource = { aws_sqs_queue: { q: { name: '${file("${path.module}/name.txt")}-${path.root}' } } };
    write("rules/main.tf.json", { resource });
    expect(await names({ module: { m: { source: "./rules" } } })).toEqual({
      "module.m.aws_sqs_queue.q": "from-file-.",
    });
  });

  describe("above the root module", () => {
    const MODULE = { m: { source: "../.." } };

    async function namesOf(file: string): Promise<readonly string[]> {
      write("name.txt", "from-file");
      write("main.tf.json", { resource: { aws_sqs_queue: { q: { name: `\${file("${file}")}` } } } });
      write("examples/one/main.tf.json", { provider: PROVIDERS, module: MODULE });
      const loaded = await loadStack(path.join(folder, "examples/one"));
      const { resources } = readResources({ loaded, environment: {} });
      return resources.ofType("aws_sqs_queue").map((queue) => queue.text("name"));
    }

    it("reads files beside it", async () => {
      expect(await namesOf("\${path.module}/name.txt")).toEqual(["from-file"]);
    });

    it("reads none outside of it", async () => {
      await expect(namesOf("\${path.module}/../name.txt")).rejects.toThrow("outside the stack's folder");
    });

    it("opens no folder that holds no configuration", async () => {
      write("other/name.txt", "from-file");
      const empty = { e: { source: "../other" } };
      const resource = { aws_sqs_queue: { q: { name: '${file("../other/name.txt")}' } } };
      write("own/main.tf.json", { provider: PROVIDERS, module: empty, resource });
      const loaded = await loadStack(path.join(folder, "own"));
      const { resources } = readResources({ loaded, environment: {} });
      expect(() => resources.ofType("aws_sqs_queue").map((queue) => queue.text("name"))).toThrow(
        "outside the stack's folder",
      );
    });
  });

  it("lives where its provider does, that of the caller unless it is handed another one", async () => {
    const module = {
      here: { source: "./rules", name: "here" },
      there: { source: "./rules", name: "there", providers: { aws: "aws.us" } },
    };
    const found = await queues({ module });
    expect(found.map((queue) => queue.text("arn").split(":")[3])).toEqual(["eu-west-1", "us-east-1"]);
  });

  it("lives where its provider does under another name of the provider, too", async () => {
    const provider = { aws: [{ region: "eu-west-1" }], amazon: [{ region: "ap-south-1", alias: "x" }] };
    write("rules/main.tf.json", {
      ...NAMED,
      resource: { aws_sqs_queue: { q: { name: "q", provider: "amazon" } } },
    });
    const module = { m: { source: "./rules", name: "q", providers: { amazon: "amazon.x" } } };
    write("main.tf.json", { provider, module });
    const [queue] = readResources({ loaded: await loadStack(folder), environment: {} }).resources.ofType(
      "aws_sqs_queue",
    );
    expect(queue?.text("arn")).toBe("arn:aws:sqs:ap-south-1:000000000000:q");
  });

  it("may leave out arguments that have a default, and no others", async () => {
    write("rules/main.tf.json", { ...NAMED, variable: { name: { default: "d" } } });
    expect(await names({ module: { m: { source: "./rules" } } })).toEqual({
      "module.m.aws_sqs_queue.q": "d",
    });
    write("rules/main.tf.json", NAMED);
    await expect(names({ module: { m: { source: "./rules" } } })).rejects.toThrow(
      "module.m.var.name: has no value",
    );
  });

  it("that calls itself is refused", async () => {
    write("rules/main.tf.json", { module: { again: { source: "../rules" } } });
    await expect(names({ module: { m: { source: "./rules" } } })).rejects.toThrow(
      /^module\.m\.module\.again\.source: is a module that calls itself, got "rules"/,
    );
  });

  it("in a folder that is not there is refused by its address", async () => {
    await expect(names({ module: { m: { source: "../gone" } } })).rejects.toThrow(
      'module.m.source: leads to a folder that is not there, got "../gone"',
    );
  });

  it("needs its own output: refused as a circle", async () => {
    write("rules/out.tf.json", { output: { name: { value: "${aws_sqs_queue.q.name}" } } });
    const module = { m: { source: "./rules", name: "${module.m.name}" } };
    await expect(names({ module })).rejects.toThrow("needs its own value");
  });

  it.each([
    ["${module.m.nothing}", "there is no output nothing in module.m"],
    ["${module.n.name}", "there is no module n in the stack"],
  ])("%s is refused", async (name, message) => {
    const root = {
      module: { m: { source: "./rules", name: "m" } },
      resource: { aws_sqs_queue: { z: { name } } },
    };
    await expect(names(root)).rejects.toThrow(message);
  });
});

it("a module from a registry is read where terraform init has put it", async () => {
  write(".terraform/modules/far/main.tf.json", NAMED);
  write(".terraform/modules/modules.json", {
    Modules: [
      { Key: "", Source: "", Dir: "." },
      { Key: "far", Source: "registry.terraform.io/a/b/aws", Dir: ".terraform/modules/far" },
    ],
  });
  expect(await names({ module: { far: { source: "a/b/aws", name: "far" } } })).toEqual({
    "module.far.aws_sqs_queue.q": "far",
  });
});

it("an override file of a module replaces what the module says", async () => {
  write("rules/main.tf.json", NAMED);
  write("rules/override.tf.json", { resource: { aws_sqs_queue: { q: { name: "other" } } } });
  expect(await names({ module: { m: { source: "./rules", name: "m" } } })).toEqual({
    "module.m.aws_sqs_queue.q": "other",
  });
});

it("an override file that overrides nothing is refused, as Terraform does", async () => {
  write("override.tf.json", { resource: { aws_sqs_queue: { none: { name: "x" } } } });
  await expect(queues({})).rejects.toThrow(
    "aws_sqs_queue.none: overrides nothing: it is declared in override.tf.json alone",
  );
});

it("blocks of an override file take the place of dynamic ones", async () => {
  write("override.tf.json", { resource: { aws_sqs_queue: { q: { block: [{ a: 2 }] } } } });
  const dynamic = {
    block: { for_each: [1], content: { a: 1 } },
    other: { for_each: [1], content: { b: 1 } },
  };
  const [queue] = await queues({ resource: { aws_sqs_queue: { q: { name: "x", dynamic } } } });
  expect([queue?.given("block"), queue?.given("other")]).toEqual([[{ a: 2 }], [{ b: 1 }]]);
});

it("modules that call each other twice and more are refused before they grow without end", async () => {
  for (let at = 0; at < 13; at += 1) {
    const call = { source: `../m${at + 1}` };
    write(`m${at}/main.tf.json`, { module: { a: call, b: call } });
  }
  write("m13/main.tf.json", {});
  await expect(queues({ module: { a: { source: "./m0" } } })).rejects.toThrow("is a module too many");
});

it("counts of modules within modules are refused before they grow without end", async () => {
  write("outer/main.tf.json", { module: { in: { source: "../inner", count: 1000 } } });
  write("inner/main.tf.json", { resource: { aws_sqs_queue: { q: { count: 1000 } } } });
  await expect(queues({ module: { a: { source: "./outer", count: 1000 } } })).rejects.toThrow(
    "makes more than 50000 instances of resources and modules",
  );
});
