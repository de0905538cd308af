import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { openApiDocument } from "../../../local/openapi/openapi-document";
import type { ConformanceCase } from "../../conformance/conformance-case";
import { modelOfConfig } from "../../conformance/model-of-config";
import { openApiFaults } from "../../support/document-faults";

interface Document {
  paths: Record<string, Record<string, { responses: object }>>;
  components: { responses: object };
}

const FOLDER = path.join(__dirname, "..", "..", "conformance", "cases");

/** The project's cases that say a status; what the gateway fails with in some of them no API's configuration tells. */
const CASES = readdirSync(FOLDER)
  .flatMap((file) => JSON.parse(readFileSync(path.join(FOLDER, file), "utf8")) as ConformanceCase[])
  .filter(
    ({ kind, expect: { status }, config }) =>
      kind !== "vtl" && kind !== "sqs" && status !== undefined && config?.error === undefined,
  );

test.each(CASES.map((example) => [example.id, example] as const))("tells the status of %s", (_, example) => {
  const { api } = modelOfConfig(example, { integration: {}, queues: [], region: "us-east-1" }, [
    "backendResponse",
    "requestsAtOnce",
  ]);
  const document = JSON.parse(
    JSON.stringify(openApiDocument([{ name: "case", api, bases: [""] }], [])),
  ) as Document;
  expect(openApiFaults(document)).toEqual([]);
  const { path: called = "/", method = "POST" } = example.input;
  const operations = Object.values(document.paths).flatMap((item) => item[method.toLowerCase()] ?? []);
  const told = operations.flatMap(({ responses }) => Object.keys(responses));
  const elsewhere = Object.keys(document.components.responses).map((name) =>
    name.replace("NoSuchMethod", ""),
  );
  const isElsewhere = example.id === "unknown-path" && !(called in document.paths);
  expect(isElsewhere ? elsewhere : told).toContain(String(example.expect.status));
});
