import { headerDirectives, type ValueSource, valueDirectives } from "./value-source";

/** Name of the placeholder in an integration's URI that a choice fills in. */
export const QUEUE_PLACEHOLDER = "queue";

/** By what a method chooses its queue. */
export interface QueueChoice {
  readonly source: ValueSource;
  /** Names of the queues, by value: letters, digits, hyphens and underscores both, or references that Terraform makes such. */
  readonly queueNames: Readonly<Record<string, string>>;
  /** Name of the queue for every other value, and for none. */
  readonly otherwise: string;
}

/**
 * VTL that prints nothing and sends the request to the queue of its value, by overriding the path parameter `queue` of the integration's
 * URI: once, since AWS answers 5xx to the second time. That is documented for all integrations; for SQS's URI it has no recording.
 *
 * Values are compared as they are encoded, which leaves the characters that they may have. What stands behind may start with a letter:
 * the last directive ends in a bracket, since Velocity reads `#endAction` as one word.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
 * @throws Error for a value with other characters, or a source with a name that a mapping template can't hold
 */
export function queueChoiceDirectives({ source, queueNames, otherwise }: QueueChoice): string {
  const branches = Object.entries(queueNames).map(
    ([value, name]) => `if($value == '${plain(value)}')#set($chosenQueue = '${name}')`,
  );
  return [
    `${headerDirectives([source])}${valueDirectives(source)}#set($chosenQueue = '${otherwise}')`,
    `#${branches.join("#else")}#end`,
    `#set($context.requestOverride.path.${QUEUE_PLACEHOLDER} = $chosenQueue)`,
  ].join("");
}

function plain(value: string): string {
  if (/^[A-Za-z0-9_-]+$/.test(value)) return value;
  throw new Error(`${JSON.stringify(value)}: a mapping template can't compare with this value`);
}
