/** SQS did not answer in time: whether it has the message is unknown. */
export class SqsTimeoutError extends Error {
  public override readonly name = "SqsTimeoutError";
}

/** SQS could not be reached, broke off, or gave an answer that proves nothing: whether it has the message is unknown. */
export class SqsConnectionError extends Error {
  public override readonly name = "SqsConnectionError";
}
