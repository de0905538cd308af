import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import readline from "node:readline";

/** Where Debian's package `velocity` puts Velocity 1.7 and what it needs. */
const JARS = ["velocity-1.7", "commons-collections3", "commons-lang"].map(
  (name) => `/usr/share/java/${name}.jar`,
);

/** Why Velocity can't be asked on this machine; undefined if it can. */
export function whatIsMissing(): string | undefined {
  const missing = JARS.find((jar) => !existsSync(jar));
  if (missing !== undefined) return `${missing} is missing: Debian's package "velocity" has it`;
  return spawnSync("java", ["-version"]).error ? "java is missing: version 11 or newer is needed" : undefined;
}

/** Velocity 1.7 in a Java process that answers template after template. */
export class VelocityProcess {
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly answers: AsyncIterator<string, undefined>;

  constructor() {
    const program = path.join(__dirname, "VelocityOracle.java");
    this.process = spawn("java", ["-cp", JARS.join(":"), program]);
    this.process.stderr.pipe(process.stderr);
    this.answers = readline.createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }

  /** What Velocity renders; undefined where it fails. */
  public async render(template: string): Promise<string | undefined> {
    this.process.stdin.write(`${Buffer.from(template).toString("base64")}\n`);
    const next: IteratorResult<string, undefined> = await this.answers.next();
    if (next.value === undefined) throw new Error("Velocity ended without an answer.");
    const answer = Buffer.from(next.value, "base64").toString();
    return answer.startsWith("+") ? answer.slice(1) : undefined;
  }

  public close(): void {
    this.process.stdin.end();
  }
}
