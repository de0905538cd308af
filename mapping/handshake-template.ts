import { errorBody } from "./error-template";
import { headerDirectives, type ValueSource, valueDirectives } from "./value-source";

/**
 * What may be echoed: the known challenges are letters, digits, `-` and `_`, Microsoft Graph's a text with spaces and colons. Nothing
 * that begins markup, ends a JSON string or a line, is in it.
 */
const CHALLENGE = "[A-Za-z0-9 ._~:+/=,;!*()@%-]{1,1024}";

/** Where a response has the challenge: in its body as it is, or as the string at this key of a JSON object. */
export type EchoForm = "text" | { readonly key: string };

/** What the request has to bring besides, for anything to be echoed. */
export interface VerifyToken {
  readonly source: ValueSource;
  /** References that Terraform fills in; what they become must have nothing in it that ends a VTL string. */
  readonly values: readonly string[];
}

/**
 * Request template of a MOCK integration: 200 for a request with a challenge that may be echoed and, where one is asked for, the right
 * verify token, 403 for every other.
 */
export function echoRequestTemplate(challenge: ValueSource, verifyToken?: VerifyToken): string {
  const sources = [challenge, ...(verifyToken ? [verifyToken.source] : [])];
  const isRight = verifyToken?.values.map((value) => `$text == '${value}'`).join(" || ");
  return [
    headerDirectives(sources),
    `${valueDirectives(challenge)}#set($challenge = $text)`,
    verifyToken ? valueDirectives(verifyToken.source) : "",
    `#if($challenge.matches('${CHALLENGE}')${isRight === undefined ? "" : ` && (${isRight})`})`,
    '{"statusCode": 200}#else{"statusCode": 403}#end',
  ].join("");
}

/**
 * Response template that prints the challenge, which {@link echoRequestTemplate} has let pass. That a response template of a MOCK
 * integration sees the request's query and headers was observed on AWS.
 * @see https://github.com/aws/aws-cdk/pull/19104
 */
export function echoTemplate(challenge: ValueSource, form: EchoForm): string {
  const found = `${headerDirectives([challenge])}${valueDirectives(challenge)}`;
  return `${found}${form === "text" ? "$text" : `{"${form.key}":"$text"}`}`;
}

/**
 * Response template of an accepted message: a value of the request's query or headers, as text, and `otherwise` for a request without
 * one. That a response template of an AWS integration sees them is what published configurations rely on; a recording is not known.
 */
export function echoOnPostTemplate(value: ValueSource, otherwise: string): string {
  return `${foundChallenge(value)}#if(!$isChallenge)${otherwise}#else$text#end`;
}

/** Response template that prints `body`, and puts a value of the request, where there is one, into a header of the answer. */
export function echoedHeaderTemplate(value: ValueSource, header: string, body: string): string {
  return [
    // Before the rest: right behind a directive that ends in a letter, a text would be part of its name.
    body,
    foundChallenge(value),
    `#if($isChallenge)#set($context.responseOverride.header.${header} = "$text")#end`,
  ].join("");
}

function foundChallenge(value: ValueSource): string {
  return [
    headerDirectives([value]),
    valueDirectives(value),
    `#set($isChallenge = $text.matches('${CHALLENGE}'))`,
  ].join("");
}

/** A handshake whose challenge is in the body: where, and what tells it from a delivery. */
export interface BodyHandshake {
  readonly when: { readonly jsonPath: string; readonly equals: string };
  readonly challenge: { readonly jsonPath: string };
}

/**
 * Request template of a MOCK integration: 200 for the handshake, 503 for whatever else comes, since nothing of it reaches a queue. The
 * challenge goes to the response template as an overridden path parameter, which was recorded on AWS for MOCK, and for no other type.
 * @see https://stackoverflow.com/a/61482410
 */
export function registrationRequestTemplate({ when, challenge }: BodyHandshake): string {
  return [
    `${valueDirectives(when)}#set($kind = $text)${valueDirectives(challenge)}`,
    `#if($kind == '${when.equals}' && $text.matches('${CHALLENGE}'))`,
    '#set($context.requestOverride.path.challenge = $text){"statusCode": 200}#else{"statusCode": 503}#end',
  ].join("");
}

/** Response template that prints the challenge of {@link registrationRequestTemplate}. */
export function registrationTemplate(): string {
  return "$context.requestOverride.path.challenge";
}

/** Response template of {@link registrationRequestTemplate} for what is no handshake. */
export function registeringTemplate(): string {
  const message = "The URL is being registered, and nothing but the handshake is taken. Retry later.";
  return errorBody("SERVICE_UNAVAILABLE", message);
}
