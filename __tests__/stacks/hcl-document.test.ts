import { convertFiles } from "@cdktf/hcl2json";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TerraformElement, Testing } from "cdktf";
import { readSettings } from "../../settings/settings";
import { AuthStack } from "../../stacks/auth-stack";
import { hclTemplate } from "../../stacks/hcl-template";
import { type Params, SETTING_GROUPS } from "../support/setting-groups";

type Json = Record<string, unknown>;

function authStack(params: Params, backend: Json): AuthStack {
  const context = {
    params: { aws_region_name: "eu-central-1", storage_sqs_queue_name: "orders" },
    "auth-stack": params,
    "no-auth-stack": { storage_sqs_queue_name: "open-orders" },
    backend,
  };
  const settings = readSettings(context, {});
  return new AuthStack(Testing.app(), "auth-stack", { ...settings.authStack, backend: settings.backend });
}

/** What a configuration says, however it is written: blocks one by one, values without the quotes that need not be there. */
function meaning(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(meaning);
    return items.length === 1 && typeof items[0] === "object" ? items[0] : items;
  }
  if (typeof value === "string") return bare(value);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([name]) => name !== "//");
  return Object.fromEntries(
    entries.map(([name, item]) => [bare(name), meaning(item)] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

const bare = (text: string) => text.replace(/^\$\{\(?([\w.[\]"-]+)\)?\}$/, "$1").replaceAll(/\s+/g, " ");

async function readHcl(hcl: string): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), "queue-leveling-"));
  writeFileSync(join(folder, "cdk.tf"), hcl);
  try {
    return await convertFiles(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Arguments that are blocks, as the bindings, which were made from the provider's schema, say it of what a stack has. */
function blocksOf(stack: AuthStack): string[] {
  const names = new Set<string>();
  const elements = stack.node.findAll().filter((node) => TerraformElement.isTerraformElement(node));
  JSON.stringify(
    elements.map((element) => element.toHclTerraform() as unknown),
    (name, value: { isBlock?: boolean; is_block?: boolean } | null | undefined) => {
      if (value?.isBlock ?? value?.is_block) names.add(name);
      return value;
    },
  );
  return [...names];
}

const GROUPS = Object.entries(SETTING_GROUPS).map(
  ([name, { base, settings }]) => [name, { ...base, ...settings }] as const,
);

const CASES: readonly (readonly [string, Params])[] = [["no settings", {}], ...GROUPS];

test.each(CASES)("what the provider has as a block is one in HCL: %s", (_name, params) => {
  const stack = authStack(params, { local: {} });
  const lines = String(stack.toHclTerraform().hcl).split("\n");
  const blocks = blocksOf(stack);
  expect(blocks).toContain("default_tags");
  expect(blocks.filter((name) => !lines.includes(`${name} {`))).toEqual([]);
  expect(blocks.filter((name) => lines.some((line) => line.startsWith(`${name} = `)))).toEqual([]);
});

test.each(CASES)("HCL says what the JSON says: %s", async (_name, params) => {
  const stack = authStack(params, { local: {} });
  const json = JSON.parse(JSON.stringify(stack.toTerraform())) as Json;
  expect(meaning(await readHcl(String(stack.toHclTerraform().hcl)))).toEqual(meaning(json));
});

test.each(CASES)("addresses that imports and moves name are no texts: %s", (_name, params) => {
  const hcl = String(authStack(params, { local: {} }).toHclTerraform().hcl);
  expect(hcl).not.toMatch(/^(from|to) = "/m);
  const names = /^(?:import|moved) \{\n[^}]*^(?:from|to) = aws_/m;
  expect(names.test(hcl)).toBe("adopt_queue" in params || "canary" in params);
});

test.each<Json>([
  { s3: { bucket: "states", assume_role: { role_arn: "arn:aws:iam::123456789012:role/states" } } },
  { gcs: { bucket: "states" } },
  { kubernetes: { exec: { api_version: "v1", command: "aws", args: ["eks", "get-token"] } } },
  { remote: { organization: "me" } },
  { cloud: { organization: "me", workspaces: { project: "queues" } } },
  { http: {} },
])("so do the backends: %j", async (backend) => {
  const stack = authStack({}, backend);
  const { terraform } = JSON.parse(JSON.stringify(stack.toTerraform())) as Json;
  const read = (await readHcl(String(stack.toHclTerraform().hcl))) as Json;
  expect(meaning(read.terraform)).toEqual(meaning(terraform));
});

test.each([
  ['a "b" \\ c', '"a \\"b\\" \\\\ c"'],
  ["line\nline\ttab\u0001", '"line\\nline\\ttab\\u0001"'],
  ["${var.x}", "var.x"],
  ['${jsonencode({"a" = "}"})}', 'jsonencode({"a" = "}"})'],
  ['${f("${g("}")}")}', 'f("${g("}")}")'],
  ['x ${f("\\"")} "y"', '"x ${f("\\"")} \\"y\\""'],
  ["${a}${b}", '"${a}${b}"'],
  ["$${literal} %%{literal}", '"$${literal} %%{literal}"'],
  ["%{ if x }y%{ endif }", '"%{ if x }y%{ endif }"'],
  ["$ { % {", '"$ { % {"'],
  ["", '""'],
])("%j is %s", (text, hcl) => {
  expect(hclTemplate(text)).toBe(hcl);
});
