import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { policyPage } from "../../reference/policy-page";

test("docs/policy.md is as npm run docs writes it", () => {
  const [file, text] = policyPage();
  expect(readFileSync(resolve(__dirname, "..", "..", file), "utf8")).toBe(text);
});
