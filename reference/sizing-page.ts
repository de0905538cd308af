import { readFileSync } from "node:fs";
import { join } from "node:path";
import { commandLine, readFlags } from "../sizing/flags";
import { plotSvg } from "../sizing/plot";
import { reportOf } from "../sizing/report";
import { sizingOf } from "../sizing/sizing";
import { markdownTable, withTables } from "./markdown-table";

const PAGE = "docs/sizing.md";

/** docs/sizing.md with its flags and with what its example prints, and the picture that the example draws. */
export function sizingPage(): readonly (readonly [file: string, text: string])[] {
  const page = readFileSync(join(__dirname, "..", PAGE), "utf8");
  const flags = readFlags(exampleOf(page));
  if (flags?.plot === undefined) throw new Error(`${PAGE}: its example has no --plot`);
  const { sizing, simulation } = sizingOf(flags.request);
  const example = `\`\`\`\n${reportOf(flags.request, sizing)}\`\`\`\n`;
  return [
    [PAGE, withTables(page, (mark) => (mark === "flags" ? flagsTable() : example))],
    [flags.plot, plotSvg(flags.request, sizing, simulation)],
  ];
}

/** The arguments of the page's first command. */
function exampleOf(page: string): string[] {
  const [, command = ""] = /^npm run sizing -- ((?:.*\\\n)*.*)$/m.exec(page) ?? [];
  const words = command.replaceAll("\\\n", "").matchAll(/"([^"]*)"|(\S+)/g);
  return Array.from(words, ([, quoted, plain = ""]) => quoted ?? plain);
}

function flagsTable(): string {
  const rows = commandLine().options.map(
    ({ flags, mandatory, defaultValue, defaultValueDescription, description }) => [
      `\`${flags}\``,
      mandatory ? "must be given" : String(defaultValueDescription ?? defaultValue ?? ""),
      description,
    ],
  );
  return markdownTable([["Flag", "Default", ""], ...rows]);
}
