import { readBackend } from "../../settings/backend-settings";
import type { SettingMistake } from "../../settings/mistakes";

function mistakesIn(setting: Record<string, unknown>): string[] {
  const mistakes: SettingMistake[] = [];
  readBackend(setting, mistakes);
  return mistakes.map((mistake) => `${mistake.setting}: ${mistake.message}`);
}

test("s3 is encrypted, locked and keyed by stack unless told otherwise", () => {
  expect(readBackend({ s3: { bucket: "states", region: "eu-central-1" } }, [])).toEqual({
    type: "s3",
    arguments: {
      bucket: "states",
      region: "eu-central-1",
      key: "queue-leveling/{stack}/terraform.tfstate",
      encrypt: true,
      use_lockfile: true,
    },
  });
});

test("a given argument wins over its default", () => {
  expect(readBackend({ s3: { use_lockfile: false } }, []).arguments.use_lockfile).toBe(false);
});

test("a state that two stacks would share is a mistake", () => {
  expect(mistakesIn({ s3: { bucket: "states", key: "terraform.tfstate" } })).toEqual([
    expect.stringMatching(
      /^backend\.s3\.key: is the same for both stacks, got "terraform\.tfstate"; .*\{stack\}/,
    ),
  ]);
});

test("a table names the lock in DynamoDB instead of the lock file", () => {
  expect(readBackend({ s3: { dynamodb_table: "locks" } }, []).arguments).not.toHaveProperty("use_lockfile");
});

test.each([
  ["gcs", { bucket: "states" }, { prefix: "queue-leveling/{stack}" }],
  ["azurerm", { container_name: "states" }, { key: "queue-leveling/{stack}.tfstate" }],
  ["pg", {}, { schema_name: "{stack}" }],
  ["consul", {}, { path: "queue-leveling/{stack}" }],
  ["cos", {}, { prefix: "queue-leveling/{stack}" }],
  ["oci", { bucket: "states", namespace: "me" }, { key: "queue-leveling/{stack}/terraform.tfstate" }],
  ["oss", {}, { prefix: "queue-leveling/{stack}" }],
  ["kubernetes", {}, { secret_suffix: "{stack}" }],
  ["remote", { organization: "me" }, { workspaces: { name: "{stack}" } }],
  [
    "cloud",
    { organization: "me", workspaces: { project: "x" } },
    { workspaces: { name: "{stack}", project: "x" } },
  ],
])("%s passes its own arguments through and keeps the stacks' states apart", (type, given, location) => {
  expect(mistakesIn({ [type]: given })).toEqual([]);
  expect(readBackend({ [type]: given }, []).arguments).toEqual({ ...given, ...location });
});

test("an http address without {stack} is a mistake; one given at init is not", () => {
  expect(mistakesIn({ http: { address: "https://states.example/one" } })[0]).toMatch(
    /^backend\.http\.address: is the same/,
  );
  expect(mistakesIn({ http: {} })).toEqual([]);
});

test.each(["postgres://me:secret@host/states", "host=db password=secret"])(
  "a password in %s is a mistake",
  (conn_str) => {
    const [mistake] = mistakesIn({ pg: { conn_str } });
    expect(mistake).toMatch(/^backend\.pg\.conn_str: holds a credential/);
    expect(mistake).not.toContain("secret@");
  },
);

test.each([
  ["consul", { http_auth: "user:secret" }, "http_auth"],
  ["azurerm", { oidc_request_token: "secret" }, "oidc_request_token"],
  [
    "s3",
    { assume_role_with_web_identity: { web_identity_token: "secret" } },
    "assume_role_with_web_identity.web_identity_token",
  ],
  ["s3", { endpoints: { s3: "https://user:secret@minio.example" } }, "endpoints.s3"],
  ["pg", { conn_str: "host=db sslpassword=secret" }, "conn_str"],
])("a credential deep in %s is found", (type, given, path) => {
  const [mistake] = mistakesIn({ [type]: given });
  expect(mistake).toMatch(
    new RegExp(`^backend\\.${type}\\.${path.replaceAll(".", "\\.")}: holds a credential`),
  );
  expect(mistake).not.toContain("secret@");
});

test.each([
  ["remote", { workspaces: { prefix: "app-" } }, "workspaces[.]prefix"],
  ["remote", { workspaces: [{ name: "one" }] }, "workspaces"],
  ["cloud", { workspaces: { tags: ["app"] } }, "workspaces[.]tags"],
  ["cloud", { workspaces: { name: "app" } }, "workspaces[.]name"],
])("a workspace of %s that two stacks would share is a mistake: %j", (type, given, path) => {
  expect(mistakesIn({ [type]: given })[0]).toMatch(
    new RegExp(`^backend\\.${type}\\.${path}: is the same for both stacks`),
  );
});

test.each([
  ["remote", { workspaces: { prefix: "{stack}-" } }],
  ["cloud", { workspaces: { tags: ["app", "{stack}"] } }],
])("a workspace of %s can be chosen otherwise than by name", (type, given) => {
  expect(mistakesIn({ [type]: given })).toEqual([]);
  expect(readBackend({ [type]: given }, []).arguments).toEqual(given);
});

test("a credential is a mistake, and is not repeated", () => {
  const [mistake] = mistakesIn({ s3: { bucket: "states", secret_key: "wJalrXUtnFEMI" } });
  expect(mistake).toMatch(/^backend\.s3\.secret_key: holds a credential/);
  expect(mistake).not.toContain("wJalrXUtnFEMI");
});

test.each([
  ["an unknown backend", { s4: {} }],
  ["two backends", { s3: {}, local: {} }],
  ["none", {}],
  ["an inherited name", { constructor: {} }],
])("%s is a mistake", (_what, setting) => {
  expect(mistakesIn(setting)).toEqual([
    expect.stringMatching(/^backend: is not one backend that Terraform knows/),
  ]);
});

test("arguments that are not an object are a mistake", () => {
  expect(mistakesIn({ s3: "states" })[0]).toMatch(/^backend\.s3: is not an object, got "states"/);
});
