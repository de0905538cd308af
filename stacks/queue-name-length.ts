import { QUEUE_NAME_LENGTH } from "./schema/value-patterns";

interface NameParts {
  readonly environment?: string | undefined;
  readonly fifo?: boolean | undefined;
  readonly deadLetterQueue?: boolean | undefined;
}

/** Characters that are left for a queue's own name, beside what the settings put behind it. */
export function queueNameLength({ environment, fifo = false, deadLetterQueue = true }: NameParts): number {
  const behind = [
    ...(environment === undefined ? [] : [`-${environment}`]),
    ...(deadLetterQueue ? ["-dlq"] : []),
    ...(fifo ? [".fifo"] : []),
  ];
  return QUEUE_NAME_LENGTH - behind.join("").length;
}
