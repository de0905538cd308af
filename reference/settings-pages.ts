import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { toJsonSchema } from "@valibot/to-json-schema";
import ts from "typescript";
import * as v from "valibot";
import { CORS_ENTRIES } from "../constructs/api/cors";
import { CONSUMER_ENTRIES } from "../constructs/consumer/consumer-settings";
import { RECEIVE_ENTRIES } from "../constructs/receive/receive-settings";
import { CUSTOM_DOMAIN_ENTRIES } from "../constructs/front/custom-domain";
import { ALARM_ENTRIES } from "../constructs/observability/alarm-settings";
import { LARGE_BODY_ENTRIES } from "../constructs/large-bodies/large-body-settings";
import { ENVIRONMENT } from "../constructs/queue/queue-name";
import { WEBHOOK_ENTRIES } from "../constructs/webhook/webhook-settings";
import { toldOf } from "../constructs/schema";
import type { Declared } from "../constructs/setting";
import { BACKENDS } from "../settings/backend-settings";
import { snakeCase } from "../settings/file-names";
import { markdownTable, withTables } from "./markdown-table";
import { AUTH_STACK_SETTINGS, NO_AUTH_STACK_SETTINGS } from "../settings/stack-settings";

const PROJECT = join(__dirname, "..");

/** Every setting, and the entries of those that are objects. Of a name that stands in both, the setting is told. */
const DECLARED: Declared = {
  ...WEBHOOK_ENTRIES,
  ...RECEIVE_ENTRIES,
  ...AUTH_STACK_SETTINGS,
  ...CORS_ENTRIES,
  ...CUSTOM_DOMAIN_ENTRIES,
  ...ALARM_ENTRIES,
  ...CONSUMER_ENTRIES,
  ...LARGE_BODY_ENTRIES,
};

type JsonSchema = Readonly<Record<string, unknown>>;

/** The files that `npm run docs` writes, as they have to be. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const sentences = declaredSentences();
  const pages = ["README.md", "docs/settings.md"].map((file) => {
    const page = readFileSync(join(PROJECT, file), "utf8");
    return [file, withTables(page, (mark) => settingsTable(mark, sentences))] as const;
  });
  return new Map([
    ...pages,
    ["settings/cdktf.schema.json", `${JSON.stringify(projectSchema(sentences), null, 2)}\n`],
  ]);
}

/** The settings of which no page has a row. */
export function settingsWithoutRow(): string[] {
  const pages = [...generatedFiles().values()].join("\n");
  return Object.keys(DECLARED)
    .map(snakeCase)
    .filter((key) => !pages.includes(`\n| \`${key}\``));
}

/** The sentence of each setting: the TSDoc of its declaration, in one line and in the file's words. */
export function declaredSentences(): ReadonlyMap<string, string> {
  const folder = join(PROJECT, "constructs");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  const sentences = new Map<string, string>();
  for (const file of files) {
    const source = ts.createSourceFile(
      file,
      readFileSync(join(folder, file), "utf8"),
      ts.ScriptTarget.Latest,
      true,
    );
    const visit = (node: ts.Node): void => {
      if (ts.isPropertyAssignment(node) && node.name.getText() in DECLARED) {
        const [comment] = ts.getJSDocCommentsAndTags(node);
        const text = comment && ts.getTextOfJSDocComment(comment.comment);
        if (text !== undefined) sentences.set(node.name.getText(), inKeys(text.replace(/\s+/g, " ")));
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return sentences;
}

/** Names of settings in backticks, as the file has them. */
function inKeys(text: string): string {
  return text.replace(/`([a-z][A-Za-z0-9]*)`/g, (match, name: string) =>
    name in DECLARED ? `\`${snakeCase(name)}\`` : match,
  );
}

/** The table for a mark such as `settings: fifo, delay_seconds`. */
function settingsTable(mark: string, sentences: ReadonlyMap<string, string>): string {
  const rows = mark
    .replace("settings: ", "")
    .split(", ")
    .map((key) => row(key, sentences));
  return markdownTable([["Setting", "Default", "Allowed", "What it does"], ...rows]);
}

function row(key: string, sentences: ReadonlyMap<string, string>): string[] {
  const name = Object.keys(DECLARED).find((candidate) => snakeCase(candidate) === key);
  const schema = name === undefined ? undefined : DECLARED[name];
  if (name === undefined || !schema) throw new Error(`${key}: is not a setting. Mend the mark in the page.`);
  const { default: given, type } = schema as { readonly default?: unknown; readonly type: string };
  const { allowed = "" } = toldOf(schema);
  const none = type === "optional" ? "none" : "required";
  const text = given === undefined ? none : `\`${JSON.stringify(given)}\``;
  return [
    `\`${key}\``,
    text,
    allowed.replace(/`([a-z][A-Za-z0-9]*)`/g, (_match, inner: string) => `\`${snakeCase(inner)}\``),
    sentences.get(name) ?? "",
  ];
}

/** JSON Schema of cdktf.json, for editors. Only `context` is described: all else is CDKTF's. */
function projectSchema(sentences: ReadonlyMap<string, string>): JsonSchema {
  const ofStack = (name: string): JsonSchema => ({ $ref: `#/definitions/${name}` });
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    properties: {
      context: {
        type: "object",
        properties: {
          params: ofStack("auth-stack"),
          "auth-stack": ofStack("auth-stack"),
          "no-auth-stack": ofStack("no-auth-stack"),
          backend: {
            type: "object",
            description: "Where Terraform keeps the state: a backend's type with its arguments.",
            properties: Object.fromEntries(BACKENDS.map((type) => [type, { type: "object" }])),
            additionalProperties: false,
            minProperties: 1,
            maxProperties: 1,
          },
          environment: {
            ...schemaOf(ENVIRONMENT),
            description: "Named environment: it ends the names of queues and states.",
          },
        },
        additionalProperties: false,
      },
    },
    definitions: {
      "auth-stack": inFileNames(schemaOf(v.strictObject(AUTH_STACK_SETTINGS)), sentences),
      "no-auth-stack": inFileNames(schemaOf(v.strictObject(NO_AUTH_STACK_SETTINGS)), sentences),
    },
  };
}

function schemaOf(schema: v.GenericSchema): JsonSchema {
  const json = toJsonSchema(schema, {
    typeMode: "input",
    errorMode: "ignore",
    // Lists have each item once; what is a custom schema is a JSON Schema of the user's.
    overrideSchema: ({ valibotSchema: { type }, jsonSchema }) => {
      if (type === "array") return { ...jsonSchema, uniqueItems: true };
      return type === "custom" ? { type: "object" } : undefined;
    },
  });
  return { ...json, $schema: undefined };
}

/** The same with the properties named as in the file, and with their sentences. */
function inFileNames(schema: unknown, sentences: ReadonlyMap<string, string>): JsonSchema {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) => {
    if (key === "required") return (value as string[]).map(snakeCase);
    if (key !== "properties") return value;
    const properties = Object.entries(value as Record<string, JsonSchema>);
    return Object.fromEntries(
      properties.map(([name, property]) => [
        snakeCase(name),
        { ...property, description: sentences.get(name) },
      ]),
    );
  }) as JsonSchema;
}
