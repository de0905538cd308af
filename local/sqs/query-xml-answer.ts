import type { AnswerFormat } from "./answer-format";
import { type JsonObject, asList, asObject } from "./json-values";
import type { OutputShape } from "./sqs-actions";

const DECLARATION = '<?xml version="1.0"?>';
const NAMESPACE = "http://queue.amazonaws.com/doc/2012-11-05/";

/** SQS's answers to Query-protocol requests in XML, their default. */
export const QUERY_XML_ANSWER: AnswerFormat = {
  contentType: "text/xml",
  result(action, output, result, requestId) {
    const content =
      output === undefined ? "" : element(`${action}Result`, xmlMembers(output, asObject(result)));
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
