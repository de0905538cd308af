import { Queue } from "../../queue/queue";
import { redrive } from "../../queue/redrive";

/** Redrives the queue whose URL is the first argument; messages in work are hidden for the seconds of the second. */
void redrive(Queue.at({ url: process.argv[2] ?? "" }), {
  filter: { attributes: {} },
  dryRun: false,
  hiddenSeconds: Number(process.argv[3]),
  signal: new AbortController().signal,
  tell: () => undefined,
}).then(({ exitCode }) => {
  process.exitCode = exitCode;
});
