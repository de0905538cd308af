import { numberedMembers, parseQueryParameters, queryToJsonInput } from "../../local/sqs/query-protocol";
import { SQS_ACTIONS } from "../../local/sqs/sqs-actions";
import { type Given, render } from "./render";

/** The form-encoded text that a request template gives, as SQS reads it: each parameter once, nothing around them. */
export function renderedParameters(template: string, given: Given = {}): Record<string, string> {
  const text = render(template, given);
  expect(text).toMatch(/^[\w.*+%=&-]+$/);
  const parameters = parseQueryParameters(text);
  // A parameter that is there twice, or an empty one, would be missing from the map.
  expect(text.split("&")).toHaveLength(parameters.size);
  return Object.fromEntries(parameters);
}

/** What SQS makes of a request template's text: the action's input, as in its JSON protocol. */
export function renderedInput(template: string, given: Given = {}): unknown {
  const parameters = parseQueryParameters(render(template, given));
  const action = SQS_ACTIONS.get(parameters.get("Action") ?? "");
  if (!action) throw new Error("no action");
  return queryToJsonInput(action.input, parameters);
}

/** The entries of a rendered batch, in order: their parameters without prefix and number. */
export function renderedEntries(template: string, given: Given = {}): Record<string, string>[] {
  const parameters = new Map(Object.entries(renderedParameters(template, given)));
  return numberedMembers(parameters, ["SendMessageBatchRequestEntry"]).map((entry) =>
    Object.fromEntries(entry),
  );
}
