import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { SqsService } from "../../local/sqs/sqs-service";
import { startSqsEmulator } from "../../local/sqs/sqs-emulator";
import type { ConformanceCase } from "./conformance-case";
import { runCase } from "./run-case";
import { messageOf } from "../../errors/mistake";

// Runs the conformance cases of the files that are named, or else the project's own: one line per case, a count at the end, exit code 1 if any failed.
void main();

async function main(): Promise<void> {
  let failed = true;
  try {
    const named = process.argv.slice(2);
    failed = (await runCases((named.length === 0 ? ownFiles() : named).flatMap(readCases))) > 0;
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
  }
  process.exitCode = failed ? 1 : 0;
}

/** @returns how many failed */
async function runCases(cases: readonly ConformanceCase[]): Promise<number> {
  const emulator = await startSqsEmulator();
  const client = new SqsService({
    endpoint: emulator.endpoint,
    region: "us-east-1",
    resolveQueueUrl: ({ queueName }) => emulator.queueUrl(queueName),
  });
  const counts = { pass: 0, fail: 0, skip: 0 };
  for (const example of cases) {
    const { result, reason, notes = [] } = await runCase(example, { emulator, client });
    counts[result] += 1;
    process.stdout.write(
      `${[result, example.id, ...(reason === undefined ? [] : [oneLine(reason)])].join(" ")}\n`,
    );
    for (const note of notes) process.stderr.write(`note ${example.id} unverified: ${oneLine(note)}\n`);
  }
  await client.close();
  await emulator.stop();
  process.stdout.write(`${counts.pass} passed, ${counts.fail} failed, ${counts.skip} skipped\n`);
  return counts.fail;
}

/** The cases that come with the project. */
function ownFiles(): string[] {
  const folder = join(__dirname, "cases");
  return readdirSync(folder).map((file) => join(folder, file));
}

function readCases(file: string): ConformanceCase[] {
  try {
    const cases: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (Array.isArray(cases)) return cases as ConformanceCase[];
  } catch (error) {
    const reason = messageOf(error);
    throw new Error(`${file}: can't be read (${reason}); a JSON array of cases. Correct the path.`, {
      cause: error,
    });
  }
  throw new Error(`${file}: is not a list of cases; a JSON array of cases. Name another file.`);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, " ");
}
