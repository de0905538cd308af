import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { APPLY_TIME_FUNCTIONS } from "../../../../../local/terraform/expression/functions/apply-time-functions";
import { functionTable } from "../../../../../local/terraform/expression/functions/function-table";
import { type Answer, ownAnswer, writeFiles } from "../../../../support/terraform-answers";
import RECORDED from "./recorded-answers.json";

const ANSWERS: Readonly<Record<string, Answer>> = RECORDED;
/** Refused with a reason, where Terraform has an answer. */
const REFUSED = ["base64gzip", "ephemeralasnull", "issensitive"];

const NAMES = [...functionTable(tmpdir()).keys()].filter(
  (name) => !name.includes("::") && !APPLY_TIME_FUNCTIONS.includes(name),
);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "recorded-functions-"));
  writeFiles(folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it.each(Object.entries(ANSWERS))("%s", (expression, answer) => {
  const isRefused = REFUSED.some((name) => expression.startsWith(`${name}(`));
  expect(ownAnswer(expression, folder)).toBe(isRefused ? null : answer);
});

it.each(NAMES)("%s() is among the recorded expressions", (name) => {
  expect(Object.keys(ANSWERS).some((expression) => expression.startsWith(`${name}(`))).toBe(true);
});
