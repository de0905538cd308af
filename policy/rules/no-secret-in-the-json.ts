import { dirname } from "node:path";
import { type ModuleDocument, blocksOf } from "../../local/terraform/configuration/module-blocks";
import type { Finding, PolicyRule } from "../rule";

/** What only a secret looks like. */
const SECRETS: Readonly<Record<string, RegExp>> = {
  "an AWS access key id": /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  "a private key": /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  "a password in a URL": /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]+:[^\s/@$]+@/,
  "a token of GitHub, Slack or Stripe":
    /\b(?:gh[pousr]_[A-Za-z0-9]{36}|xox[abprs]-[A-Za-z0-9-]{10,}|[sr]k_live_[A-Za-z0-9]{16,})/,
};

export const NO_SECRET_IN_THE_JSON: PolicyRule = {
  name: "no-secret-in-the-json",
  asks: "The stack's files hold no keys, passwords or tokens, and no defaults of sensitive variables.",
  why: "They are committed, copied to CI and kept in plans and states.",
  relatives: ["CKV_AWS_41", "CKV_SECRET_2", "CKV_SECRET_4", "CKV_SECRET_13"],
  here: "Secrets are sensitive Terraform variables without a default; credentials in a backend are refused at synthesis.",
  *findings({ documents }) {
    for (const document of documents) {
      const { file, content } = document;
      yield* sensitiveDefaults(document);
      for (const [path, text] of textsIn(content, file)) {
        for (const [name, pattern] of Object.entries(SECRETS)) {
          if (pattern.test(text)) yield { address: path, wrong: `holds ${name}` };
        }
      }
    }
  },
};

/** What Terraform hides in its output stands in the file all the same. */
function* sensitiveDefaults(document: ModuleDocument): Iterable<Finding> {
  const ofModule = dirname(document.file) === "." ? "" : `${document.file}: `;
  for (const { labels, body } of blocksOf(document, "variable", 1)) {
    const { sensitive, default: value } = body;
    const isSecret = sensitive === true && value !== undefined && value !== null && value !== "";
    const address = `${ofModule}var.${labels.join(".")}.default`;
    if (isSecret) yield { address, wrong: "is sensitive, and has a value" };
  }
}

function* textsIn(value: unknown, path: string): Iterable<readonly [path: string, text: string]> {
  if (typeof value === "string") yield [path, value];
  else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* textsIn(item, `${path}.${key}`);
  }
}
