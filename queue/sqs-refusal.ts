import {
  EXPIRED_CREDENTIALS,
  explainedBy,
  FOREIGN_ANSWER,
  NO_CREDENTIALS,
  OTHER_REFUSAL,
  type Refusal,
  UNREACHABLE,
  UNTAKEN_CREDENTIALS,
} from "../errors/sdk-refusal";

const KNOWN: readonly Refusal[] = [
  NO_CREDENTIALS,
  EXPIRED_CREDENTIALS,
  [
    ...UNTAKEN_CREDENTIALS,
    "those of an account, in the queue's Region",
    "Correct them or choose others by AWS_PROFILE; of a queue given by --queue-url, correct AWS_REGION.",
  ],
  [
    /^(AccessDenied|AccessDeniedException|KmsAccessDenied|KMS\.AccessDeniedException)$/,
    "refuses what these credentials may not do",
    "credentials with the actions that docs/operating.md lists for the command",
    "Ask for those, or choose others by AWS_PROFILE.",
  ],
  [
    /^(QueueDoesNotExist|AWS\.SimpleQueueService\.NonExistentQueue|QueueDeletedRecently|InvalidAddress)$/,
    "is not there",
    "a queue that exists in that account and Region",
    "Deploy the stack again if it is destroyed; otherwise choose its account by AWS_PROFILE, or correct --queue-url.",
  ],
  [
    /^(PurgeQueueInProgress|AWS\.SimpleQueueService\.PurgeQueueInProgress)$/,
    "is being purged",
    "one purge in 60 seconds",
    "Wait a minute, and count it again.",
  ],
  [
    ...UNREACHABLE,
    "a network, and an SQS at the queue's URL",
    "Correct AWS_ENDPOINT_URL or --queue-url, start the local gateway, or try again.",
  ],
  [
    /^(RequestThrottled|Throttling|ThrottlingException|OverLimit|InternalError|InternalFailure|ServiceUnavailable|HTTP (429|5\d\d))$/,
    "can't answer now, after several tries",
    "fewer calls at a time",
    "Run this again in a minute, with a lower --rate where there is one.",
  ],
  [
    ...FOREIGN_ANSWER,
    "SQS's own answer",
    "Sign in there, use another network, or correct AWS_ENDPOINT_URL or --queue-url.",
  ],
];

/** SQS's answer about a queue; a refusal becomes one line about it. */
export function answered<Answer>(queue: string, answer: Promise<Answer>): Promise<Answer> {
  return explainedBy(answer, { where: queue, known: KNOWN, other: OTHER_REFUSAL });
}
