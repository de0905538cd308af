import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { webhooksPage } from "../../reference/webhooks-page";

test("docs/webhooks.md is as npm run docs writes it", () => {
  const [file, text] = webhooksPage();
  expect(readFileSync(resolve(__dirname, "..", "..", file), "utf8")).toBe(text);
});
