import { mistakeText } from "./mistake";

/** One kind of refusal, by the name, the code or the HTTP status of the SDK's error, and what people read. */
export type Refusal = readonly [what: RegExp, wrong: string, allowed: string, mend: string];

/** What AWS, or the way to it, refuses. */
export interface Refusals {
  /** What was asked. */
  readonly where: string;
  /** The best first. */
  readonly known: readonly Refusal[];
  /** What is said of all else. */
  readonly other: readonly [wrong: string, allowed: string, mend: string];
}

/** How an answer is called that is not AWS's own. */
const FOREIGN = "no answer of AWS's";

/** Nobody says who asks. */
export const NO_CREDENTIALS: Refusal = [
  /^(CredentialsProviderError|TokenProviderError)$/,
  "has no credentials",
  "any that the AWS CLI finds",
  "Run aws configure or aws sso login, or set AWS_PROFILE.",
];

/** Who asks may do so no more. */
export const EXPIRED_CREDENTIALS: Refusal = [
  /^(ExpiredToken|ExpiredTokenException|RequestExpired)$/,
  "refuses credentials that have expired",
  "current ones",
  "Run aws sso login, or get new ones, and run this again.",
];

/** Beginning of a refusal whose end each tool says in its own words. */
type Beginning = readonly [what: RegExp, wrong: string];

/** AWS does not know who asks. */
export const UNTAKEN_CREDENTIALS: Beginning = [
  /^(InvalidAccessKeyId|InvalidClientTokenId|SignatureDoesNotMatch|InvalidSignatureException|UnrecognizedClientException)$/,
  "does not take the credentials",
];

/** There is no way to AWS. */
export const UNREACHABLE: Beginning = [
  /^(ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPIPE|ETIMEDOUT|TimeoutError)$/,
  "can't be reached",
];

/** What answers is not AWS. */
export const FOREIGN_ANSWER: Beginning = [
  new RegExp(`^${FOREIGN}$`),
  "does not answer, but something on the way, such as a proxy that asks to sign in",
];

/** What is said of a refusal that is not known. */
export const OTHER_REFUSAL: Refusals["other"] = [
  "refuses the call",
  "one that it takes",
  "Mend that, and run this again.",
];

/** The same answer; a refusal of AWS's becomes one line, with the SDK's error as its cause. */
export async function explainedBy<Answer>(answer: Promise<Answer>, refusals: Refusals): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    throw isOfSdk(error) ? refusal(error, refusals) : error;
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

function refusal(error: SdkError, { where, known: all, other }: Refusals): Error {
  const names = namesOf(error);
  const known = all.find(([pattern]) => names.some((name) => pattern.test(name)));
  const [wrong, allowed, mend] = known ? ([known[1], known[2], known[3]] as const) : other;
  // The SDK's second line is for programmers.
  const [text = ""] = error.message.replace(/^Unknown(Error)?$/, "").split(/[.]?(?:\n|$)/, 1);
  const got = [names[0] ?? "", text].filter((part) => part !== "").join(": ");
  return new Error(mistakeText({ where, wrong, got, allowed, mend }), { cause: error });
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
