import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { declaredSentences, generatedFiles, settingsWithoutRow } from "../../reference/settings-pages";
import { AUTH_STACK_SETTINGS } from "../../settings/stack-settings";

const PROJECT = join(__dirname, "..", "..");
const FILES = generatedFiles();

test.each([...FILES.keys()])("%s is as npm run docs writes it", (file) => {
  expect(readFileSync(join(PROJECT, file), "utf8")).toBe(FILES.get(file));
});

test("every setting has a sentence, and a row in a page", () => {
  const sentences = declaredSentences();
  expect(Object.keys(AUTH_STACK_SETTINGS).filter((name) => !sentences.has(name))).toEqual([]);
  expect(settingsWithoutRow()).toEqual([]);
});

describe("the JSON Schema of cdktf.json", () => {
  const validate = new Ajv({ strict: false }).compile(
    JSON.parse(FILES.get("settings/cdktf.schema.json") ?? "") as object,
  );
  const withParams = (params: object) => ({ language: "typescript", context: { params } });

  test("takes the project's own file, and what CDKTF has in it", () => {
    expect(validate(JSON.parse(readFileSync(join(PROJECT, "cdktf.json"), "utf8")))).toBe(true);
  });

  test.each([
    { fifo: true, message_group_id: { json_path: "$.tenant" }, cors: { allow_origins: ["*"] } },
    { response: { status: 201, template: "{}" }, tags: { team: "orders", costCenter: "1" } },
    { request_templates: { "text/xml": { file: "a.vtl" } }, encryption: "sqs-managed" },
  ])("takes %j", (params) => {
    expect(validate(withParams(params))).toBe(true);
  });

  test.each([
    { fifo: "yes" },
    { delay_seconds: 901 },
    { encryption: "aes" },
    { delaySeconds: 1 },
    { message_group_id: { jsonPath: "$.tenant" } },
    { cors: { allow_origin: "*" } },
    { content_types: [] },
    { forward_headers: ["a", "a"] },
    { request_schema: { "application/json": "x" } },
  ])("refuses %j", (params) => {
    expect(validate(withParams(params))).toBe(false);
  });
});
