import { checkBatch, partitionBatch } from "../../../local/sqs/batch-checks";

describe("checkBatch", () => {
  const entry = (Id: string, MessageBody = "x") => ({ Id, MessageBody });
  const codePrefix = "AWS.SimpleQueueService.";
  const refused: [string, { Id?: string; MessageBody?: string }[], code: string, message: string | RegExp][] =
    [
      ["no entries", [], `${codePrefix}EmptyBatchRequest`, /at least one SendMessageBatchRequestEntry/],
      [
        "eleven entries",
        Array.from({ length: 11 }, (_, index) => entry(`e${index}`)),
        `${codePrefix}TooManyEntriesInBatchRequest`,
        "Maximum number of entries per request are 10. You have sent 11.",
      ],
      ["an id twice", [entry("a"), entry("a")], `${codePrefix}BatchEntryIdsNotDistinct`, "Id a repeated."],
      ["an id with a dot", [entry("a.b")], `${codePrefix}InvalidBatchEntryId`, /80 letters/],
      ["an id of 81 characters", [entry("a".repeat(81))], `${codePrefix}InvalidBatchEntryId`, /80 letters/],
      [
        "an entry without id",
        [entry("a"), { MessageBody: "x" }],
        "MissingParameter",
        /SendMessageBatchRequestEntry\.2\.Id\./,
      ],
      [
        "an entry without body",
        [{ Id: "a" }],
        "MissingParameter",
        /SendMessageBatchRequestEntry\.1\.MessageBody\./,
      ],
      [
        "more than 1 MiB together",
        [entry("a", "x".repeat(600_000)), entry("b", "x".repeat(600_000))],
        `${codePrefix}BatchRequestTooLong`,
        "Batch requests cannot be longer than 1048576 bytes. You have sent 1200000 bytes.",
      ],
    ];
  test.each(refused)("refuses %s", (_name, entries, code, message) => {
    const check = () => {
      checkBatch(entries);
    };
    expect(check).toThrow(expect.objectContaining({ code }) as Error);
    expect(check).toThrow(message);
  });

  test("leaves the faults of single entries to those entries", () => {
    const entries = [entry("good"), entry("bad", "\0")];
    checkBatch(entries);
    const { accepted, failed } = partitionBatch(entries, false);
    expect(accepted).toEqual([entry("good")]);
    expect(failed).toEqual([
      expect.objectContaining({ Id: "bad", SenderFault: true, Code: "InvalidMessageContents" }),
    ]);
  });

  test("reports a missing group under the code that SQS uses in a batch", () => {
    expect(partitionBatch([entry("a")], true).failed).toEqual([
      {
        Id: "a",
        SenderFault: true,
        Code: "InvalidParameterValue",
        Message: "The request must contain the parameter MessageGroupId.",
      },
    ]);
  });
});
