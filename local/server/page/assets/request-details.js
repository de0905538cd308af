import { element, pairsTable, textBlock } from "./element.js";

/** What happened to one request, step by step. */
export function requestDetails({ stack, trace, failure }) {
  const { timings } = trace;
  const steps = [];
  let before = 0;
  const step = (title, time, ...content) => {
    const took = time === undefined ? "" : `${(time - before).toFixed(2)} ms`;
    before = time ?? before;
    steps.push(
      element(
        "li",
        {},
        element("h4", {}, title, element("span", { class: "took" }, took)),
        element("div", { class: "column step" }, content),
      ),
    );
  };
  step("Received", undefined, ...received(trace, stack));
  if (trace.route) step("Matched method", timings.route, ...matched(trace.route));
  if (trace.authorization) step("Authorizer", timings.authorize, authorized(trace.authorization));
  if (trace.integrationRequest)
    step("Mapping template", timings.mapRequest, ...mapped(trace.integrationRequest));
  if (trace.templateNotes)
    step("Notes on the templates", undefined, ...trace.templateNotes.map((text) => note(text)));
  if (trace.backend) step("SQS", timings.integrate, ...integrated(trace.backend, failure));
  if (trace.error) step(failedStep(trace), timings.answer, ...failed(trace.error));
  step("Answer to the caller", trace.error ? undefined : timings.answer, ...answered(trace.response));
  return element("ol", { class: "steps" }, steps);
}

function received({ requestId, receivedAt, request }, stack) {
  const query = request.queryString === "" ? "" : `?${request.queryString}`;
  return [
    element("p", {}, element("code", {}, `${request.method} /${stack}${request.path}${query}`)),
    element("p", { class: "faint" }, `${receivedAt}, request id ${requestId}`),
    headersPart(request.headers),
    textBlock("Body", request.body),
  ];
}

function matched({ method, resource, stage, pathParameters, query }) {
  return [
    element("p", {}, element("code", {}, `${method} ${resource}`), ` in stage ${stage}`),
    pairsTable("Path parameters", Object.entries(pathParameters)),
    pairsTable(
      "Query",
      Object.entries(query).map(([name, values]) => [name, values.join(", ")]),
    ),
  ];
}

function authorized({ authorizer, cached }) {
  if (authorizer === undefined) return element("p", {}, "None needed: allowed.");
  return element(
    "p",
    {},
    `${authorizer}: allowed, ${cached ? "from the result cache" : "by a call of its function"}.`,
  );
}

function mapped({ uri, httpMethod, headers, query, body }) {
  return [
    element("p", {}, element("code", {}, `${httpMethod} ${uri}`)),
    headersPart(Object.entries(headers)),
    pairsTable("Query", Object.entries(query)),
    textBlock("Rendered", body),
  ];
}

function note(...content) {
  return element("p", { class: "error" }, content);
}

function integrated({ sent, status, body }, failure) {
  return [
    failure !== undefined && note(`${failure}.`),
    sent === undefined
      ? element("p", {}, "No message was sent.")
      : textBlock(`Sent: ${sent.action ?? "request"}`, JSON.stringify(sent.input ?? sent, null, 2)),
    textBlock(`Answered ${status}`, body),
  ];
}

/** The step after the last one that was passed. */
function failedStep({ route, authorization, integrationRequest, backend }) {
  if (backend) return "Mapping the answer failed";
  if (integrationRequest) return "SQS gave no answer";
  if (authorization) return "Refused before the integration";
  if (route) return "Refused by authorization";
  return "No method matched";
}

function failed({ responseType, message, cause }) {
  return [
    note(element("code", {}, responseType), ` ${message}`),
    cause !== undefined && element("p", { class: "faint" }, cause),
  ];
}

function answered({ status, headers, body }) {
  return [statusText(status), headersPart(headers), textBlock("Body", body)];
}

/** A status with a colour, and the words that say the same. */
export function statusText(status) {
  return element("span", { class: "status", "data-status": String(status)[0] }, String(status));
}

function headersPart(headers) {
  if (headers.length === 0) return undefined;
  return element(
    "details",
    {},
    element("summary", {}, headers.length === 1 ? "1 header" : `${headers.length} headers`),
    pairsTable("Headers", headers),
  );
}
