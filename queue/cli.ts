import { runTool, type Tool, type ToolResult } from "../errors/run-tool";
import { enterCallersFolder } from "../local/server/callers-folder";
import { type Flags, readFlags } from "./cli-flags";
import { count } from "./count";
import { peek } from "./peek";
import { purge } from "./purge";
import { Queue } from "./queue";
import { redrive, requireDeadLetterQueue } from "./redrive";
import { placeOfQueue } from "./queue-place";

enterCallersFolder("queue");

void runTool(async (tool) => {
  const flags = readFlags(process.argv.slice(2));
  return flags === undefined ? undefined : run(Queue.at(placeOfQueue(flags)), flags, tool);
});

async function run(queue: Queue, flags: Flags, tool: Tool): Promise<ToolResult> {
  switch (flags.command) {
    case "count":
      return done(await count(queue, flags.json === true));
    case "peek": {
      const { messages, body: longestBody, json = false } = flags;
      return done(await peek(await chosen(queue, flags), { ...tool, messages, longestBody, json }));
    }
    case "redrive": {
      const { filter: attributes = {}, containing, group, to, rate, dryRun = false } = flags;
      const filter = { attributes, containing, group };
      return redrive(queue, { ...tool, filter, to, rate, dryRun });
    }
    case "purge":
      return done(await purge(await chosen(queue, flags), flags.yes));
  }
}

/** The queue, or its dead-letter queue. */
async function chosen(queue: Queue, flags: Flags): Promise<Queue> {
  return "deadLetters" in flags ? requireDeadLetterQueue(queue, await queue.facts()) : queue;
}

function done(text: string): ToolResult {
  return { text, exitCode: 0 };
}
