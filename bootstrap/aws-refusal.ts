import {
  EXPIRED_CREDENTIALS,
  explainedBy,
  FOREIGN_ANSWER,
  type Refusal,
  type Refusals,
  UNREACHABLE,
} from "../errors/sdk-refusal";
import { written } from "./cli-flags";
import { ACTIONS } from "./state-bucket";

const MENDS: readonly Refusal[] = [
  [
    /^CredentialsProviderError$/,
    "has no credentials",
    "any that the AWS CLI finds",
    `Run aws configure or aws sso login, set AWS_PROFILE, or name a profile by ${written("profile")}.`,
  ],
  EXPIRED_CREDENTIALS,
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
  [...UNREACHABLE, "a network, and a Region that there is", "Correct the Region, or try again."],
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
    ...FOREIGN_ANSWER,
    "AWS's own answer",
    "Sign in there, use another network, or correct AWS_ENDPOINT_URL, and run this again.",
  ],
];

const REFUSALS: Refusals = {
  where: "AWS",
  known: MENDS,
  other: [
    "refuses the call",
    "one that it takes",
    "Mend that, and run this again: it goes on where it ended.",
  ],
};

/** The same answer; a refusal of AWS's becomes one line. */
export function explained<Answer>(answer: Promise<Answer>): Promise<Answer> {
  return explainedBy(answer, REFUSALS);
}
