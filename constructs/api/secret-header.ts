import { Construct } from "constructs";
import * as v from "valibot";
import { parseTemplate } from "../../aws/velocity/parse-template";
import { withSecretHeader } from "../../mapping/secret-header-template";
import type { AuthorizationFacts } from "../authorizer/authorization";
import { HEADER_NAME } from "../schema";
import type { Rule } from "../setting";
import type { MESSAGE_SETTINGS } from "./message";
import type { VALIDATION_SETTINGS } from "./request-validation";
import { secretTrigger } from "./secret-trigger";

/** Setting of a header that tells genuine senders, where no authorizer can. */
export const SECRET_HEADER_SETTINGS = {
  /**
   * Name of a header that a request must have with the value of the Terraform variable `secret_header_value`; every other request
   * is answered 403, and nothing is queued. For senders that can set a header and nothing else. A refused request costs what an
   * accepted one does, and the value can be read by whoever may read the API or the state.
   */
  secretHeader: v.optional(HEADER_NAME),
};

/** A secret's characters: none that means anything in a VTL string, in a header or to Terraform. JavaScript and RE2 share it. */
const CHARACTER = "A-Za-z0-9._~+/=:@!*,;?%&()-";

/** A secret's value: spaces within it, as in `Bearer …`, and as many characters as 16 random bytes have in base64. */
export const SECRET_PATTERN = `^[${CHARACTER}][ ${CHARACTER}]{22,254}[${CHARACTER}]$`;

type Settings = typeof SECRET_HEADER_SETTINGS & typeof MESSAGE_SETTINGS & typeof VALIDATION_SETTINGS;

/** What the rules have to know beside these settings. */
interface Around {
  readonly protection: AuthorizationFacts | undefined;
}

/** Headers that API Gateway does not show to mapping templates, writes itself or chooses the template by. */
const NO_SECRETS =
  /^(accept|connection|content-(length|md5|type|encoding)|expect|host|max-forwards|proxy-authenticate|server|te|trailer|transfer-encoding|upgrade|user-agent|via|www-authenticate|x-amzn-.*|x-forwarded-.*)$/i;

/** Settings that name headers of which messages are made. */
const HEADERS_INTO_MESSAGES = [
  "forwardHeaders",
  "messageGroupId",
  "messageDeduplicationId",
  "messageDelaySeconds",
] as const;

/** What has to hold between the secret header and what else is read of a request. */
export const SECRET_HEADER_RULES: readonly Rule<Settings, Around>[] = [
  {
    setting: "secretHeader",
    isBroken: ({ secretHeader = "" }) => NO_SECRETS.test(secretHeader),
    wrong: "is a header that API Gateway keeps from templates or writes itself",
    allowed: "a header of the sender's own",
    mend: "Write for example X-Webhook-Secret.",
  },
  {
    setting: "secretHeader",
    isBroken: ({ secretHeader, protection }) =>
      protection?.headers.some((name) => isSame(name, secretHeader)) === true,
    wrong: "is the header that the authorizer reads",
    allowed: "another header where there is an authorizer",
    mend: "Name another one, or leave it to the authorizer.",
  },
  {
    setting: HEADERS_INTO_MESSAGES,
    isBroken: ({ secretHeader, ...facts }, setting) =>
      headersIn(facts[setting as (typeof HEADERS_INTO_MESSAGES)[number]]).some((name) =>
        isSame(name, secretHeader),
      ),
    wrong: "puts the secret of `secretHeader` into the queue",
    allowed: "other headers",
    mend: "Take it out.",
  },
  {
    setting: "requiredHeaders",
    isBroken: ({ secretHeader, requiredHeaders = [] }) =>
      requiredHeaders.some((name) => isSame(name, secretHeader)),
    wrong: "names the header of `secretHeader`, whose absence would then be a 400",
    allowed: "other headers: that one is required anyhow",
    mend: "Take it out.",
  },
  {
    setting: "requestTemplates",
    isBroken: ({ secretHeader, requestTemplates = {} }) =>
      secretHeader !== undefined && !Object.values(requestTemplates).every(canBeGuarded),
    wrong: "ends in what would take the check of `secretHeader` behind it for text",
    allowed: "templates that end in neither a comment nor a backslash",
    mend: "Put the comment further up, or drop it.",
  },
];

function isSame(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one.toLowerCase() === other?.toLowerCase();
}

function headersIn(given: object | readonly string[] | undefined): readonly string[] {
  if (given === undefined) return [];
  if (Array.isArray(given)) return given as readonly string[];
  return "header" in given ? [String(given.header)] : [];
}

/** Does the template, which parses by itself, leave what stands behind it a directive? */
function canBeGuarded(template: string): boolean {
  try {
    parseTemplate(withSecretHeader(template, { header: "X", values: [""] }));
    return !template.endsWith("\\");
  } catch {
    return false;
  }
}

/** The values that a {@link SecretHeader} takes: references to sensitive Terraform variables. */
export interface SecretHeaderValues {
  readonly current: string;
  /** While the secret is changed, the one before is right, too. The current one where there is none. */
  readonly previous: string;
}

/** Props of {@link SecretHeader}. */
export interface SecretHeaderProps {
  readonly name: string;
  /** Absent: a mistake, since a name alone protects nothing. */
  readonly values: SecretHeaderValues | undefined;
}

/** A header whose value tells genuine requests from others, compared by the mapping template. */
export class SecretHeader extends Construct {
  public readonly headerName: string;
  /** Changes with the values, and tells nothing of them. */
  public readonly trigger: string;
  private readonly values: readonly string[];

  constructor(scope: Construct, id: string, { name, values }: SecretHeaderProps) {
    super(scope, id);
    this.headerName = name;
    this.values = values === undefined ? [] : [values.current, values.previous];
    this.trigger = secretTrigger(this, "secretHeaderValues", this.values);
  }

  /** The request template with the check before it. */
  public guard(template: string): string {
    return withSecretHeader(template, { header: this.headerName, values: this.values });
  }
}

/** The header that the settings name, if they do. */
export function addSecretHeader(
  scope: Construct,
  name: string | undefined,
  values: SecretHeaderValues | undefined,
): SecretHeader | undefined {
  return name === undefined ? undefined : new SecretHeader(scope, "SecretHeader", { name, values });
}
