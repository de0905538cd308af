import { mistakeText } from "../errors/mistake";
import { written } from "./cli-flags";
import { ACTIONS } from "./state-bucket";

/** What AWS, or the way to it, refuses, by the name, the code or the HTTP status of the SDK's error. */
const MENDS: readonly (readonly [what: RegExp, wrong: string, allowed: string, mend: string])[] = [
  [
    /^CredentialsProviderError$/,
    "has no credentials",
    "any that the AWS CLI finds",
    `Run aws configure or aws sso login, set AWS_PROFILE, or name a profile by ${written("profile")}.`,
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
    `Correct them, or choose others by ${written("profile")}.`,
  ],
  [
    /^(AccessDenied|AccessDeniedException|AllAccessDisabled)$/,
    "refuses what these credentials may not do",
    `credentials that may ${ACTIONS.join(", ")}`,
    "Ask for those; or make the bucket in another way and write its name into cdktf.json by hand, as backend.s3.bucket.",
  ],
  [
    /^(ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPIPE|ETIMEDOUT|TimeoutError)$/,
    "can't be reached",
    "a network, and a Region that there is",
    "Correct the Region, or try again.",
  ],
  [
    /^ERR_INVALID_URL$/,
    "is looked for at an address that is none",
    "such as http://localhost:4566",
    "Correct the endpoint_url of the profile, or drop it.",
  ],
  [
    /^(SlowDown|Throttling|ThrottlingException|RequestLimitExceeded|InternalError|ServiceUnavailable|HTTP (429|5\d\d))$/,
    "can't answer now",
    "fewer calls at a time",
    "Run this again in a minute: it goes on where it ended.",
  ],
  [
    /^no answer of AWS's$/,
    "does not answer, but something on the way, such as a proxy that asks to sign in",
    "AWS's own answer",
    "Sign in there, use another network, or correct AWS_ENDPOINT_URL, and run this again.",
  ],
];

const OTHER = [
  "refuses the call",
  "one that it takes",
  "Mend that, and run this again: it goes on where it ended.",
] as const;

const FOREIGN = "no answer of AWS's";

/** The same answer; a refusal of AWS's becomes one line. */
export async function explained<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    throw isOfSdk(error) ? refusal(error) : error;
  }
}

/** An answer that is not AWS's own. */
export class ForeignAnswerError extends Error {
  public override readonly name = "ForeignAnswerError";
}

interface SdkError extends Error {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** A mistake of this program's has neither a code nor an answer. */
function isOfSdk(error: unknown): error is SdkError {
  if (!(error instanceof Error)) return false;
  const isNamed = /^(CredentialsProviderError|TimeoutError|ForeignAnswerError)$/.test(error.name);
  return isNamed || "code" in error || "$response" in error || "$metadata" in error;
}

function refusal(error: SdkError): Error {
  const names = namesOf(error);
  const known = MENDS.find(([pattern]) => names.some((name) => pattern.test(name)));
  const [wrong, allowed, mend] = known ? ([known[1], known[2], known[3]] as const) : OTHER;
  // The SDK's second line is for programmers.
  const [text = ""] = error.message.replace(/^Unknown(Error)?$/, "").split(/[.]?(?:\n|$)/, 1);
  const got = [names[0] ?? "", text].filter((part) => part !== "").join(": ");
  return new Error(mistakeText({ where: "AWS", wrong, got, allowed, mend }), { cause: error });
}

/** The best first. The answer to a HEAD has no body, and so no name. */
function namesOf(error: SdkError): string[] {
  const { name, code = "", $metadata } = error;
  const names = [
    isForeign(error) ? FOREIGN : "",
    name,
    code,
    `HTTP ${$metadata?.httpStatusCode ?? "unknown"}`,
  ];
  return names.filter((text) => !/^(|Error|ForeignAnswerError|Unknown|UnknownError)$/.test(text));
}

/** The SDK marks what it could read as AWS's error. */
function isForeign(error: SdkError): boolean {
  return error instanceof ForeignAnswerError || ("$response" in error && !("$fault" in error));
}
