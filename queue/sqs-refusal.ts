import { explainedBy, FOREIGN, type Refusal } from "../errors/sdk-refusal";

const KNOWN: readonly Refusal[] = [
  [
    /^(CredentialsProviderError|TokenProviderError)$/,
    "has no credentials",
    "any that the AWS CLI finds",
    "Run aws configure or aws sso login, or set AWS_PROFILE.",
  ],
  [
    /^(ExpiredToken|ExpiredTokenException|RequestExpired)$/,
    "refuses credentials that have expired",
    "current ones",
    "Run aws sso login, or get new ones, and run this again.",
  ],
  [
    /^(InvalidAccessKeyId|InvalidClientTokenId|SignatureDoesNotMatch|InvalidSignatureException|UnrecognizedClientException)$/,
    "does not take the credentials",
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
    /^(ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPIPE|ETIMEDOUT|TimeoutError)$/,
    "can't be reached",
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
    new RegExp(`^${FOREIGN}$`),
    "does not answer, but something on the way, such as a proxy that asks to sign in",
    "SQS's own answer",
    "Sign in there, use another network, or correct AWS_ENDPOINT_URL or --queue-url.",
  ],
];

const OTHER = ["refuses the call", "one that it takes", "Mend that, and run this again."] as const;

/** SQS's answer about a queue; a refusal becomes one line about it. */
export function answered<Answer>(queue: string, answer: Promise<Answer>): Promise<Answer> {
  return explainedBy(answer, { where: queue, known: KNOWN, other: OTHER });
}
