import { readFileSync } from "node:fs";
import { BACKENDS } from "../../settings/backend-settings";
import { readSettings } from "../../settings/settings";
import { SETTING_GROUPS, type SettingGroup } from "../support/setting-groups";
import { synthesizedAuthStack, synthesizedNoAuthStack } from "../support/synthesized";

type Json = Readonly<Record<string, unknown>>;

/** A version as a number that compares: 1.10 is 110. */
type Version = number;

const PAGE = readFileSync("docs/terraform-versions.md", "utf8");

/** What a row names, and the versions from which it works; none in OpenTofu, where it has no such thing. */
interface Row {
  readonly words: readonly string[];
  readonly terraform: Version;
  readonly openTofu: Version | undefined;
}

const ROWS = PAGE.split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line): Row => {
    const [, json = "", , terraform = "", openTofu = ""] = line.split("|");
    const words = [...json.matchAll(/`([^`]+)`/g)].map(([, word = ""]) => word);
    return {
      words,
      terraform: version(terraform) ?? Number.NaN,
      openTofu: openTofu.includes("none") ? undefined : version(openTofu),
    };
  });

const ROW_OF = new Map(ROWS.flatMap((row) => row.words.map((word) => [word, row] as const)));

function version(text: string): Version | undefined {
  const [, major, minor] = /(\d+)\.(\d+)/.exec(text) ?? [];
  return major === undefined ? undefined : Number(major) * 100 + Number(minor);
}

const META_ARGUMENTS = ["connection", "count", "depends_on", "for_each", "provider", "provisioner"];

/** What Terraform itself has to know of a stack's JSON, in the words of the page's first column. */
function wordsOf(document: Json): Set<string> {
  const { terraform, variable = {}, output = {}, resource = {}, data = {}, ...others } = document;
  const { backend = {}, ...settings } = terraform as Record<string, Json>;
  const words = [
    ...Object.keys(others).filter((key) => key !== "//"),
    ...Object.keys(settings).map((key) => `terraform.${key}`),
    ...Object.entries(backend).flatMap(([type, args]) => [
      `terraform.backend.${type}`,
      ...((args as Json).use_lockfile === true ? [`terraform.backend.${type}.use_lockfile`] : []),
    ]),
    ...Object.values(variable as Json).flatMap((body) => keysBelow("variable", body)),
    ...Object.values(output as Json).flatMap((body) => keysBelow("output", body)),
    ...(Object.keys(data as Json).length > 0 ? ["data"] : []),
    ...Object.keys(resource as Json).flatMap((type) => (type.startsWith("aws_") ? [] : [`resource.${type}`])),
    ...bodiesOf(resource as Json).flatMap((body) => metaArguments("resource", body)),
    ...bodiesOf(data as Json).flatMap((body) => metaArguments("data", body)),
    ...functionsIn(document),
  ];
  return new Set(words);
}

function keysBelow(kind: string, body: unknown): string[] {
  return Object.keys(body as Json).map((key) => `${kind}.${key}`);
}

function bodiesOf(types: Json): Json[] {
  return Object.values(types).flatMap((bodies) => Object.values(bodies as Record<string, Json>));
}

function metaArguments(kind: string, body: Json): string[] {
  const written = META_ARGUMENTS.filter((name) => name in body).map((name) => `${kind}.${name}`);
  return [...written, ...keysBelow(`${kind}.lifecycle`, body.lifecycle ?? {})];
}

/** Names of functions in `${…}`; `$${…}` is a plain text, and so is what stands in quotes. */
function functionsIn(document: Json): string[] {
  const templates = JSON.stringify(document).match(/(?<!\$)\$\{(?:[^{}]|\{[^{}]*\})*\}/g) ?? [];
  return templates.flatMap((template) =>
    [...template.replace(/\\"(?:[^"\\]|\\[^"])*\\"/g, "").matchAll(/([\w:]+\()/g)].map(
      ([call]) => `${call})`,
    ),
  );
}

const NAMES = { aws_region_name: "eu-central-1", storage_sqs_queue_name: "orders" };

function settingsOf(more: Json) {
  const open = { storage_sqs_queue_name: "open-orders" };
  return readSettings({ params: NAMES, "no-auth-stack": open, ...more }, {});
}

function withSettings({ base, settings }: SettingGroup): Json {
  const { authStack } = settingsOf({ "auth-stack": { ...base, ...settings } });
  return synthesizedAuthStack(authStack).json;
}

function withBackend(backend: Json): Json {
  const { noAuthStack, ...shared } = settingsOf({ backend });
  return synthesizedNoAuthStack({ ...noAuthStack, backend: shared.backend }).json;
}

const GROUPS: readonly SettingGroup[] = [
  ...Object.values(SETTING_GROUPS),
  // Only together do they make a resource that is counted.
  { base: {}, settings: { prevent_destroy: true, dead_letter_queue: false } },
];

/** Where a backend has no default place for the state. */
const PLACES: Readonly<Record<string, Json>> = { http: { address: "https://states.example/{stack}" } };

const DOCUMENTS = [
  synthesizedNoAuthStack().json,
  ...GROUPS.map(withSettings),
  ...BACKENDS.map((type) => withBackend({ [type]: PLACES[type] ?? {} })),
  withBackend({ s3: { use_lockfile: false } }),
  withBackend({ s3: { dynamodb_table: "locks" } }),
].map((document) => ({ words: wordsOf(document), asks: requiredVersion(document) }));

function requiredVersion({ terraform }: Json): Version {
  const [, text = ""] = /^>= (\d+\.\d+)\.0$/.exec(String((terraform as Json).required_version)) ?? [];
  return version(text) ?? Number.NaN;
}

test("every part of Terraform's language that a stack has is on the page, and nothing else", () => {
  const used = new Set(DOCUMENTS.flatMap(({ words }) => [...words]));
  expect([...ROW_OF.keys()].sort()).toEqual([...used].sort());
});

test("each stack asks for the version that the page tells", () => {
  const told = DOCUMENTS.map(({ words }) =>
    Math.max(...[...words].map((word) => ROW_OF.get(word)?.terraform ?? Number.NaN)),
  );
  expect(DOCUMENTS.map(({ asks }) => asks)).toEqual(told);
  expect([...new Set(told)].sort()).toEqual([105, 110, 112]);
});

test("what a stack asks for is enough with OpenTofu, too, where it has all that the stack has", () => {
  const OLDEST_OPEN_TOFU = 106;
  for (const { words, asks } of DOCUMENTS) {
    const needed = [...words].map((word) => ROW_OF.get(word)?.openTofu);
    if (needed.includes(undefined)) expect(words).toContain("terraform.backend.oci");
    else expect(Math.max(...(needed as number[]))).toBe(Math.max(asks, OLDEST_OPEN_TOFU));
  }
});
