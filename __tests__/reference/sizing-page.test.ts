import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { sizingPage } from "../../reference/sizing-page";

test.each(sizingPage())("%s is as npm run docs writes it", (file, text) => {
  expect(readFileSync(resolve(__dirname, "..", "..", file), "utf8")).toBe(text);
});
