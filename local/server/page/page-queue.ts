/** A queue as the page shows it. */
export interface PageQueue {
  readonly name: string;
  /** Its URL on AWS, which names it whatever the endpoint is. */
  readonly url: string;
  /** SQS's own attribute names and texts. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Name of the queue to which this one's failed messages go. */
export function deadLetterQueueOf({ attributes }: PageQueue): string | undefined {
  try {
    const policy = JSON.parse(attributes.RedrivePolicy ?? "{}") as { deadLetterTargetArn?: unknown };
    return typeof policy.deadLetterTargetArn === "string"
      ? policy.deadLetterTargetArn.replace(/^.*:/, "")
      : undefined;
  } catch {
    return undefined;
  }
}
