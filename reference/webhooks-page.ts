import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REFUSED_SENDERS } from "../webhooks/refused-senders";
import type { Handshake, Sender } from "../webhooks/sender";
import { SENDERS } from "../webhooks/senders";
import { markdownTable, withTables } from "./markdown-table";
import {
  answerTold,
  attributesTold,
  codes,
  credentialsTold,
  handshakeInShort,
  handshakeTold,
  placeTold,
  secondsTold,
  signatureTold,
  signaturesInShort,
} from "./sender-sentences";

interface HandshakeKind {
  readonly kind: Handshake["kind"];
  readonly asked: string;
  readonly answered: string;
}

const PARTS: Readonly<Record<string, () => string>> = {
  handshakes: handshakesTable,
  senders: sendersTable,
  "each sender": () => Object.entries(SENDERS).map(section).join("\n"),
  "refused senders": refusedTable,
};

/** Every kind of handshake: what is asked, and who answers. */
const HANDSHAKES: readonly HandshakeKind[] = [
  {
    kind: "echo",
    asked: "GET, the value in query or header",
    answered: "a MOCK method on the same path: nothing reaches the queue",
  },
  { kind: "constant", asked: "HEAD or OPTIONS, always the same", answered: "a MOCK method, likewise" },
  {
    kind: "echo-on-post",
    asked: "POST, the value in query or header",
    answered: "the method that also queues it: consumers skip the message",
  },
  {
    kind: "registration",
    asked: "POST, the value in the body",
    answered: "a MOCK in the place of `POST`, while `registering` is true",
  },
  {
    kind: "consumer",
    asked: "POST that wants only a 2xx",
    answered: "the consumer finishes it: it opens a URL of the sender's own host, or shows you a token",
  },
];

/** docs/webhooks.md with its tables, and with what is known of each sender. */
export function webhooksPage(): readonly [file: string, text: string] {
  const file = "docs/webhooks.md";
  const page = readFileSync(join(__dirname, "..", file), "utf8");
  return [file, withTables(page, partOf)];
}

function partOf(mark: string): string {
  const part = PARTS[mark];
  if (part === undefined) throw new Error(`docs/webhooks.md: nothing is generated for the mark ${mark}`);
  return part();
}

function handshakesTable(): string {
  const rows = HANDSHAKES.map(({ kind, asked, answered }) => {
    const names = Object.keys(SENDERS).filter((name) =>
      SENDERS[name]?.handshakes?.some((one) => one.kind === kind),
    );
    return [asked, answered, codes(names)];
  });
  return markdownTable([["Handshake", "Who answers", "Senders"], ...rows]);
}

function sendersTable(): string {
  const rows = Object.entries(SENDERS).map(([name, sender]) => [
    `[\`${name}\`](#${name})`,
    sender.title,
    (sender.handshakes ?? []).map(handshakeInShort).join(", "),
    signaturesInShort(name, sender),
    sender.messageDeduplicationId ? placeTold(sender.messageDeduplicationId) : "",
  ]);
  return markdownTable([["Name", "Sender", "Handshake", "Signature", "Deduplication id"], ...rows]);
}

function refusedTable(): string {
  const rows = [...new Set(Object.values(REFUSED_SENDERS))].map((refused) => [
    codes(Object.keys(REFUSED_SENDERS).filter((name) => REFUSED_SENDERS[name] === refused)),
    `[${refused.title}](${refused.documentation}) ${refused.reason}.`,
    refused.instead,
  ]);
  return markdownTable([["Name", "Why not", "What to do"], ...rows]);
}

function section([name, sender]: readonly [name: string, sender: Sender]): string {
  const lines = facts(name, sender).map((fact) => `- ${fact.replace(/[.]?$/, ".")}`);
  return [`### ${name}`, "", `[${sender.title}](${sender.documentation})`, "", ...lines, ""].join("\n");
}

function facts(name: string, sender: Sender): string[] {
  const { messageDeduplicationId, signatures, instead, library, handshakes = [], notes = [] } = sender;
  const told: readonly (readonly [what: string, text: string | undefined])[] = [
    ["Content types", codes(sender.contentTypes)],
    ["Message attributes", attributesTold(name)],
    ["Deduplication id", messageDeduplicationId && placeTold(messageDeduplicationId)],
    ...signatures.map((signature) => ["Signature", signatureTold(signature)] as const),
    ["Signature", instead && `none. ${instead}`],
    ["Library", library && codes([library])],
    ...handshakes.map((handshake) => ["Handshake", handshakeTold(handshake)] as const),
    ["Answer", sender.answer && answerTold(sender.answer)],
    ["Time limit", secondsTold(sender.timeLimitSeconds)],
    ["4xx", sender.is4xxFinal && "final for it, so what passes by itself is answered 503"],
    ["Credentials", credentialsTold(sender.credentials)],
  ];
  return [...told.flatMap(([what, text]) => (text === undefined ? [] : [`${what}: ${text}`])), ...notes];
}
