import * as v from "valibot";
import type { CORS_SETTINGS } from "../api/cors";
import type { AuthorizationFacts } from "../authorizer/authorization";
import { COGNITO_AUTHORIZER_SETTINGS } from "../authorizer/cognito-authorizer";
import { chosen, flag, isGroup, object, wholeNumber } from "../schema";
import type { Checked, Facts, Rule } from "../setting";

/** What `receive` holds. The limits are those of callers: what a request does not say is left to the queue. */
export const RECEIVE_ENTRIES = {
  /** Most messages that one request may ask for, as `count`. */
  maxMessages: v.optional(wholeNumber(1, 10, "messages"), 10),
  /** Longest that one request may wait for a message, as `wait`. */
  maxWaitSeconds: v.optional(wholeNumber(0, 20, "seconds"), 20),
  /** Longest that one request may hide messages from other consumers, as `visibility` or `visibilityTimeout`. */
  maxVisibilityTimeoutSeconds: v.optional(wholeNumber(0, 43_200, "seconds"), 43_200),
  /**
   * With `COGNITO_USER_POOLS`: scopes of which a consumer's access token needs one, in the place of the senders' `authorizationScopes`.
   * Without it whoever may send may receive.
   */
  authorizationScopes: COGNITO_AUTHORIZER_SETTINGS.authorizationScopes,
};

const LIMITS = object(RECEIVE_ENTRIES, "{ `maxMessages`: 5 }");
const ON = flag("let consumers receive by HTTP");

/** Setting of receiving by HTTP. */
export const RECEIVE_SETTINGS = {
  /**
   * `auth-stack` only. Consumers receive and delete messages by HTTP, without AWS's SDK: `GET /sqs`, `DELETE /sqs` and
   * `POST /sqs/visibility`. A request costs what a sent message does, also where the queue is empty; a receive costs SQS's price for each 64
   * KiB. Whoever the authorizer lets in may read and delete what others sent, unless it tells consumers from senders.
   */
  receive: v.optional(
    {
      ...chosen(v.union([ON, LIMITS]), (input) => (isGroup(input) ? LIMITS : ON)),
      allowed: `true or false, or ${LIMITS.allowed}`,
    },
    false,
  ),
};

type Receive = Checked<typeof RECEIVE_SETTINGS>["receive"];

/** What `receive` holds, with defaults. */
export type ReceiveOptions = Checked<typeof RECEIVE_ENTRIES>;

/** What may be asked of a receive; undefined where nobody may receive. */
export function receiveOptions(receive: Receive | undefined): ReceiveOptions | undefined {
  if (receive === undefined || receive === false) return undefined;
  return receive === true ? v.parse(LIMITS, {}) : receive;
}

/** What the rules have to know beside the setting. */
interface Around {
  readonly protection: AuthorizationFacts | undefined;
  /** Largest message of the queue. */
  readonly maxMessageSize?: number | undefined;
}

type Settings = typeof RECEIVE_SETTINGS & typeof CORS_SETTINGS;

/**
 * What API Gateway answers at most; what is larger is a 500, and its messages are hidden until their visibility timeout ends.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
const LARGEST_ANSWER_BYTES = 10_485_760;

/** In JSON a quotation mark, a backslash or a line's end takes twice its bytes. */
const BYTES_IN_JSON = 2;

/** What has to hold between receiving and other settings. */
export const RECEIVE_RULES: readonly Rule<Settings, Around>[] = [
  {
    setting: "receive",
    isBroken: ({ receive, protection }) => receiveOptions(receive) !== undefined && !protection,
    anyValueIsWrong: true,
    wrong: "would let everybody who knows the URL read and delete the messages",
    allowed: "this setting where there is an authorizer; an API key or a secret header is none",
    mend: "Give an authorizer, or drop it.",
  },
  {
    setting: "cors",
    key: "allowMethods",
    isBroken: ({ cors, receive }) =>
      receiveOptions(receive) === undefined &&
      (cors?.allowMethods ?? []).some((verb) => verb === "GET" || verb === "DELETE"),
    wrong: "names what only `receive` makes methods of",
    allowed: "POST and OPTIONS without `receive`",
    mend: "Drop the others, or leave the list out: by default it has the methods of each resource.",
  },
  {
    setting: "receive",
    key: "authorizationScopes",
    isBroken: ({ receive, protection }) =>
      (receiveOptions(receive)?.authorizationScopes.length ?? 0) > 0 && protection?.context !== "claims",
    wrong: "is without effect for this kind of authorization",
    allowed: "scopes where `authorization` is COGNITO_USER_POOLS",
    mend: "Write that kind, or drop them and have your authorizer tell consumers from senders.",
  },
  {
    setting: "receive",
    isBroken: (facts) => mostMessages(facts) < (receiveOptions(facts.receive)?.maxMessages ?? 0),
    wrong:
      "lets an answer grow larger than API Gateway's 10 MB, which would be a 500 for messages already received",
    allowed: (facts) =>
      `\`maxMessages\` up to ${mostMessages(facts)}, since JSON can double a message of \`maxMessageSize\``,
    mend: (facts) => `Write \`receive\`: { \`maxMessages\`: ${mostMessages(facts)} }.`,
  },
];

function mostMessages({ maxMessageSize }: Facts<Settings, Around>): number {
  if (typeof maxMessageSize !== "number") return 10;
  return Math.max(1, Math.floor(LARGEST_ANSWER_BYTES / BYTES_IN_JSON / maxMessageSize));
}
