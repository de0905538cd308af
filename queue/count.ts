import Table from "cli-table3";
import type { Count, Queue } from "./queue";

/** The queue's and its dead-letter queue's messages, as SQS counts them. */
export async function count(queue: Queue, asJson: boolean): Promise<string> {
  const facts = await queue.facts();
  const deadLetters = queue.deadLetterQueue(facts);
  const counts = [
    counted("queue", queue, facts),
    ...(deadLetters === undefined
      ? []
      : [counted("dead-letter queue", deadLetters, await deadLetters.facts())]),
  ];
  if (asJson) return JSON.stringify(counts, undefined, 2);
  const table = new Table({
    head: ["", "Name", "Visible", "In flight", "Delayed"],
    style: { head: [], border: [] },
    colAligns: ["left", "left", "right", "right", "right"],
  });
  for (const { role, name, visible, inFlight, delayed } of counts) {
    table.push([role, name, visible, inFlight, delayed]);
  }
  const without = deadLetters === undefined ? "\nIt has no dead-letter queue." : "";
  return `${table.toString()}\nAll are approximate: SQS counts right about a minute after the last send, receive or delete.${without}`;
}

function counted(role: string, { name }: Queue, { visible, inFlight, delayed }: Count) {
  return { role, name, visible, inFlight, delayed };
}
