import { mistakeText } from "../errors/mistake";

/** What AWS, or the way to it, refuses, by the name of the SDK's error. */
const MENDS: readonly (readonly [name: RegExp, wrong: string, allowed: string, mend: string])[] = [
  [
    /^CredentialsProviderError$/,
    "has no credentials",
    "any that the AWS CLI finds",
    "Run aws configure or aws sso login, set AWS_PROFILE, or name a profile by --profile.",
  ],
  [
    /^(ExpiredToken|ExpiredTokenException|RequestExpired)$/,
    "refuses credentials that have expired",
    "current ones",
    "Run aws sso login, or get new ones, and run this again.",
  ],
  [
    /^(InvalidAccessKeyId|InvalidClientTokenId|SignatureDoesNotMatch|UnrecognizedClientException)$/,
    "does not know the credentials",
    "those of an account",
    "Correct them, or choose others by --profile.",
  ],
  [
    /^(AccessDenied|AccessDeniedException|AllAccessDisabled)$/,
    "refuses what these credentials may not do",
    "credentials that may make and configure the bucket",
    "Ask for s3:CreateBucket, s3:GetBucket* and s3:PutBucket*, or make the bucket in another way and name it by --bucket.",
  ],
  [
    /^(ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|TimeoutError|NetworkingError|ETIMEDOUT)$/,
    "can't be reached",
    "a network, and a Region that there is",
    "Correct the Region, or try again.",
  ],
];

const OTHER = [
  "refuses the call",
  "one that it takes",
  "Mend that, and run this again: it goes on where it ended.",
] as const;

/** The same answer; a refusal of AWS's becomes one line. */
export async function explained<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    throw isOfSdk(error) ? refusal(error) : error;
  }
}

interface SdkError extends Error {
  readonly code?: string;
}

function isOfSdk(error: unknown): error is SdkError {
  return error instanceof Error && (error.name !== "Error" || "code" in error);
}

function refusal(error: SdkError): Error {
  const { name, code = "", message } = error;
  const known = MENDS.find(([pattern]) => pattern.test(name) || pattern.test(code));
  const [wrong, allowed, mend] = known ? ([known[1], known[2], known[3]] as const) : OTHER;
  const got = [name === "Error" ? code : name, message].filter((text) => text !== "").join(": ");
  return new Error(mistakeText({ where: "AWS", wrong, got, allowed, mend }), { cause: error });
}
