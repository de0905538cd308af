import type { AnswerFormat } from "./answer-format";
import { type JsonObject, asList, asObject } from "./json-values";
import type { OutputShape } from "./sqs-actions";

/**
 * SQS's answers to Query-protocol requests with `Accept: application/json`: members in alphabetical order, `null` for
 * what is absent. The null lists of an empty ReceiveMessage are observed, those of SendMessageBatch inferred.
 */
export const queryJsonAnswer: AnswerFormat = {
  contentType: "application/json",
  result(action, output, result, requestId) {
    const response: JsonObject = { ResponseMetadata: { RequestId: requestId } };
    if (output !== undefined)
      response[`${action}Result`] = jsonMembers(output, asObject(result), memberNames[action]);
    return JSON.stringify({ [`${action}Response`]: sorted(response) });
  },
  error({ code, message, type }, requestId) {
    return JSON.stringify({ Error: { Code: code, Message: message, Type: type }, RequestId: requestId });
  },
};

/** JSON has `messages` in lower case where the AWS JSON protocol has `Messages`. */
const memberNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ReceiveMessage: { Messages: "messages" },
};

function jsonMembers(
  shape: OutputShape,
  result: JsonObject,
  names: Readonly<Record<string, string>> = {},
): JsonObject {
  const members: JsonObject = {};
  for (const name of shape.strings ?? []) members[name] = result[name] === "" ? null : (result[name] ?? null);
  for (const name in shape.lists) {
    const item = shape.lists[name]?.item ?? "text";
    const values = asList(result[name]);
    members[names[name] ?? name] =
      values.length === 0
        ? null
        : item === "text"
          ? values
          : values.map((value) => jsonMembers(item, asObject(value)));
  }
  for (const name in shape.pairs) {
    const { key = "Name", value = "Value" } = shape.pairs[name] ?? {};
    members[name] = jsonPairs(asObject(result[name]), key, value);
  }
  if (shape.messageAttributes === true) {
    members.MessageAttributes = jsonPairs(asObject(result.MessageAttributes), "Name", "Value");
  }
  return sorted(members);
}

function jsonPairs(pairs: JsonObject, key: string, value: string): JsonObject[] | null {
  const entries = Object.entries(pairs);
  return entries.length === 0 ? null : entries.map(([name, content]) => ({ [key]: name, [value]: content }));
}

function sorted(members: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1)));
}
