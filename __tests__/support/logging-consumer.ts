import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const SAMPLE = path.join(__dirname, "..", "..", "lambda", "consumer");

/** A line of JSON: what was received, or the sample's own. */
export type ConsumerLine = Readonly<Record<string, unknown>>;

/** The sample consumer as a handler whose log can be read, as CloudWatch Logs would keep it, with the events that it gets. */
export class LoggingConsumer {
  private readonly folder = mkdtempSync(path.join(tmpdir(), "logging-consumer-"));
  private readonly log = path.join(this.folder, "log");
  /** The module that exports the handler. */
  public readonly module = path.join(this.folder, "handler.js");

  constructor() {
    writeFileSync(this.log, "");
    writeFileSync(this.module, sourceOf(this.log));
  }

  /** Messages as the handler got them. */
  public records(): ConsumerLine[] {
    return this.lines().flatMap(({ record }) => (record === undefined ? [] : [record as ConsumerLine]));
  }

  /** The lines of the sample's logger. */
  public logLines(): ConsumerLine[] {
    return this.lines().filter(({ record }) => record === undefined);
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private lines(): ConsumerLine[] {
    const lines = readFileSync(this.log, "utf8").trimEnd().split("\n");
    return lines.map((line) => JSON.parse(line) as ConsumerLine);
  }
}

/** Several processes run it: each line is one write to the end of the file. */
function sourceOf(log: string): string {
  return `
const { openSync, writeSync } = require("node:fs");
const log = openSync(${JSON.stringify(log)}, "a");
const write = (text) => { writeSync(log, text); return true; };
process.stdout.write = process.stderr.write = write;
const { handler } = require(${JSON.stringify(SAMPLE)});
exports.handler = (event, context) => {
  for (const record of event.Records) write(JSON.stringify({ record }) + "\\n");
  return handler(event, context);
};`;
}
