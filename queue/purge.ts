import { createInterface } from "node:readline/promises";
import { CommandLineError } from "../errors/command-line-error";
import { mistakeText } from "../errors/mistake";
import type { Queue } from "./queue";

/** Deletes all messages of a queue, once its name is typed; `confirmed` is the name as it was given already. */
export async function purge(queue: Queue, confirmed: string | undefined): Promise<string> {
  const { visible, inFlight, delayed } = await queue.facts();
  const lost = `about ${visible + inFlight + delayed} messages (${visible} visible, ${inFlight} in flight, ${delayed} delayed)`;
  const typed = confirmed ?? (await asked(queue.name, lost));
  if (typed !== queue.name) {
    throw new Error(
      mistakeText({
        where: queue.name,
        wrong: "is not purged: another name was given",
        got: JSON.stringify(typed),
        allowed: `only ${queue.name}`,
        mend: "Give that name, if it is the queue that you mean.",
      }),
    );
  }
  await queue.purge();
  return `${queue.name} is purged: ${lost} are lost. It takes SQS up to 60 seconds; what arrives in them may be lost, too.`;
}

async function asked(name: string, lost: string): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new CommandLineError({
      where: name,
      wrong: "is purged only by who gives its name",
      got: "no --yes, and no terminal on which to ask",
      allowed: `--yes ${name}`,
      mend: `Write it, if ${lost} may be lost for good.`,
    });
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(
      `${lost} of ${name} will be lost for good. Type the queue's name to go on: `,
    );
  } finally {
    terminal.close();
  }
}
