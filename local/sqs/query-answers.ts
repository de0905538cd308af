import { type JsonObject, asList, asObject } from "./json-values";
import type { OutputShape } from "./sqs-actions";
import type { AnswerFormat } from "./sqs-call";

const DECLARATION = '<?xml version="1.0"?>';
const NAMESPACE = "http://queue.amazonaws.com/doc/2012-11-05/";

/** SQS's answers to Query-protocol requests in XML, their default. */
export const QUERY_XML_ANSWER: AnswerFormat = {
  contentType: "text/xml",
  result(action, output, result, requestId) {
    const content = output === undefined ? "" : element(`${action}Result`, xmlMembers(output, result));
    const metadata = element("ResponseMetadata", element("RequestId", requestId));
    return `${DECLARATION}<${action}Response xmlns="${NAMESPACE}">${content}${metadata}</${action}Response>`;
  },
  error({ code, message, type }, requestId) {
    const texts =
      element("Type", type) + element("Code", escapeXml(code)) + element("Message", escapeXml(message));
    const content = element("Error", `${texts}<Detail/>`) + element("RequestId", requestId);
    return `${DECLARATION}<ErrorResponse xmlns="${NAMESPACE}">${content}</ErrorResponse>`;
  },
};

function xmlMembers(shape: OutputShape, result: JsonObject): string {
  let content = "";
  for (const name of shape.strings ?? []) {
    const value = result[name];
    if (value !== undefined && value !== null && value !== "") {
      content += element(name, escapeXml(scalar(value)));
    }
  }
  for (const name in shape.lists) {
    const { element: tag = name, item = "text" } = shape.lists[name] ?? {};
    for (const value of asList(result[name])) {
      content += element(tag, item === "text" ? escapeXml(scalar(value)) : xmlMembers(item, asObject(value)));
    }
  }
  for (const name in shape.pairs) {
    const { element: tag = name, key = "Name", value = "Value" } = shape.pairs[name] ?? {};
    for (const [pairName, text] of Object.entries(asObject(result[name]))) {
      content += element(tag, element(key, escapeXml(pairName)) + element(value, escapeXml(scalar(text))));
    }
  }
  if (shape.messageAttributes === true) content += xmlMessageAttributes(asObject(result.MessageAttributes));
  return content;
}

function xmlMessageAttributes(attributes: JsonObject): string {
  let content = "";
  for (const [name, attribute] of Object.entries(attributes)) {
    const value = xmlMembers({ strings: ["StringValue", "BinaryValue", "DataType"] }, asObject(attribute));
    content += element("MessageAttribute", element("Name", escapeXml(name)) + element("Value", value));
  }
  return content;
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

const XML_ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#xd;",
};

function escapeXml(text: string): string {
  return text.replace(/[&<>"\r]/g, (character) => XML_ESCAPES[character] ?? character);
}

function scalar(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/**
 * SQS's answers to Query-protocol requests with `Accept: application/json`: members in alphabetical order, `null` for
 * what is absent. The null lists of an empty ReceiveMessage are observed, those of SendMessageBatch inferred.
 */
export const QUERY_JSON_ANSWER: AnswerFormat = {
  contentType: "application/json",
  result(action, output, result, requestId) {
    const metadata = `"ResponseMetadata":{"RequestId":"${requestId}"}`;
    if (output === undefined) return `{"${action}Response":{${metadata}}}`;
    const content = `"${action}Result":${JSON.stringify(members(output, result))}`;
    const alphabetical = action < "Response" ? `${content},${metadata}` : `${metadata},${content}`;
    return `{"${action}Response":{${alphabetical}}}`;
  },
  error({ code, message, type }, requestId) {
    return JSON.stringify({ Error: { Code: code, Message: message, Type: type }, RequestId: requestId });
  },
};

/** One member of an answer: its name, and how its value is made from the result. */
type Member = readonly [name: string, read: (result: JsonObject) => unknown];

/** An answer's members in order, worked out once per shape. */
const MEMBER_LISTS = new WeakMap<OutputShape, readonly Member[]>();

function members(shape: OutputShape, result: JsonObject): JsonObject {
  const answer: JsonObject = {};
  for (const [name, read] of memberList(shape)) answer[name] = read(result);
  return answer;
}

function memberList(shape: OutputShape): readonly Member[] {
  const known = MEMBER_LISTS.get(shape);
  if (known !== undefined) return known;
  const list = [...textMembers(shape), ...listMembers(shape), ...pairMembers(shape)];
  list.sort(([a], [b]) => (a < b ? -1 : 1));
  MEMBER_LISTS.set(shape, list);
  return list;
}

function textMembers({ strings = [] }: OutputShape): Member[] {
  return strings.map((name) => [name, (result) => (result[name] === "" ? null : (result[name] ?? null))]);
}

function listMembers({ lists = {} }: OutputShape): Member[] {
  return Object.entries(lists).map(([name, { item }]) => [
    // SQS writes this one in lower case, other than in the AWS JSON protocol.
    name === "Messages" ? "messages" : name,
    (result) => {
      const values = asList(result[name]);
      if (values.length === 0) return null;
      return item === "text" ? values : values.map((value) => members(item, asObject(value)));
    },
  ]);
}

function pairMembers({ pairs = {}, messageAttributes = false }: OutputShape): Member[] {
  const all = Object.entries(pairs);
  if (messageAttributes) all.push(["MessageAttributes", { element: "", key: "Name", value: "Value" }]);
  return all.map(([name, { key, value }]) => [
    name,
    (result) => {
      const entries = Object.entries(asObject(result[name]));
      return entries.length === 0
        ? null
        : entries.map(([text, content]) => ({ [key]: text, [value]: content }));
    },
  ]);
}
