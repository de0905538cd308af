import { byId, element, textBlock } from "./element.js";
import { leaveSample, offerSamples } from "./samples.js";

/** Characters of an answer that are shown. */
const longestAnswer = 16 * 1024;

let stacks = [];
let endpoints = [];
let sampleToken;
let filledKey = "";
/** The token that was last filled in. */
let filled;

/** The body that was last filled in for an endpoint. */
let filledBody = byId("send-body").defaultValue;
/** The receipt handle of the message that was last received. */
let receiptHandle;

/** Lets the form send to these endpoints; what is filled in stays. The token is the sample authorizer's, if it runs. */
export function offerEndpoints(served, token) {
  sampleToken = token;
  stacks = served;
  endpoints = stacks.flatMap((stack) => stack.endpoints);
  const select = byId("send-endpoint");
  const chosen = select.value;
  select.replaceChildren(
    ...endpoints.map(({ method, path }, index) =>
      element("option", { value: String(index) }, `${method} ${path}`),
    ),
  );
  if (chosen === "")
    chooseEndpoint(endpoints.find(({ queueName }) => queueName !== undefined) ?? endpoints[0]);
  else {
    select.value = chosen;
    offerSamples(neighboursOf(endpoints[Number(chosen)]), chooseEndpoint);
  }
}

/** The endpoints of the same stack. */
function neighboursOf(endpoint) {
  return stacks.find((stack) => stack.endpoints.includes(endpoint))?.endpoints ?? [];
}

/** Puts one endpoint into the form. */
export function chooseEndpoint(endpoint, focus = false) {
  if (endpoint === undefined) return;
  byId("send-endpoint").value = String(endpoints.indexOf(endpoint));
  byId("send-path").value = withHandle(endpoint.path, encodeURIComponent);
  const { tokenHeader, scopes, signingRegion } = endpoint;
  const sample = scopes === undefined ? sampleToken : endpoint.sampleToken;
  const token = byId("send-token");
  token.disabled = tokenHeader === undefined;
  // What the user typed stays; another method's sample would not be taken.
  if (tokenHeader !== undefined && (token.value === "" || token.value === filled)) {
    filled = sample ?? "";
    token.value = filled;
  }
  byId("send-token-label").textContent = tokenLabel(tokenHeader, signingRegion);
  fillApiKey(endpoint);
  offerSamples(neighboursOf(endpoint), chooseEndpoint);
  leaveSample();
  fillBody(endpoint);
  if (focus) byId(tokenHeader === undefined ? "send-path" : "send-token").focus();
}

/** What somebody wrote stays. */
function fillBody({ method, bodiless, sampleBody }) {
  const field = byId("send-body");
  field.disabled = bodiless === true || method === "GET" || method === "HEAD";
  byId("send-body-label").textContent = field.disabled ? "Body (none needed)" : "Body";
  if (field.value !== filledBody && field.value !== field.defaultValue) return;
  filledBody = sampleBody === undefined ? field.defaultValue : withHandle(sampleBody, String);
  field.value = filledBody;
}

/** A place for a receipt handle gets that of the message that was last received. */
function withHandle(text, written) {
  if (receiptHandle === undefined) return text;
  return text.replace(/\{receiptHandle\+?\}|<receiptHandle>/, () => written(receiptHandle));
}

/** Keeps the receipt handle of a message in an answer. */
function keepHandle(text) {
  try {
    receiptHandle = JSON.parse(text).messages[0].receiptHandle ?? receiptHandle;
  } catch {
    // It is no answer with messages.
  }
}

/** Each stack has keys of its own; one that somebody typed stays. */
function fillApiKey({ apiKey }) {
  const field = byId("send-api-key");
  field.disabled = apiKey === undefined;
  if (field.value === filledKey) field.value = filledKey = apiKey?.value ?? "";
  byId("send-api-key-label").textContent =
    apiKey === undefined ? "API key (none needed)" : "API key, sent as x-api-key";
}

function tokenLabel(tokenHeader, signingRegion) {
  if (signingRegion !== undefined) return "Token (none: sign with the curl line)";
  return tokenHeader === undefined ? "Token (none needed)" : `Token, sent as ${tokenHeader}`;
}

byId("send-endpoint").addEventListener("change", (event) =>
  chooseEndpoint(endpoints[Number(event.target.value)]),
);
byId("send").addEventListener("submit", (event) => {
  event.preventDefault();
  void send(endpoints[Number(byId("send-endpoint").value)]);
});

/** Sends as any caller does, to the API itself. */
async function send(endpoint) {
  const result = byId("send-result");
  const answer = byId("send-answer");
  const method = endpoint.method === "ANY" ? "POST" : endpoint.method;
  const body = byId("send-body").value;
  const bodyless = byId("send-body").disabled || (method === "OPTIONS" && body === "");
  try {
    const response = await fetch(byId("send-path").value, {
      method,
      headers: headersOf(endpoint),
      ...(bodyless ? {} : { body }),
    });
    result.dataset.status = String(response.status)[0];
    const text = await response.text();
    keepHandle(text);
    const more = text.length - longestAnswer;
    result.textContent = `Answered ${response.status}`;
    answer.replaceChildren(
      textBlock(more > 0 ? `Answer (${more} more characters)` : "Answer", text.slice(0, longestAnswer)),
    );
  } catch (error) {
    result.dataset.status = "5";
    result.textContent = `Not sent: ${error.message}`;
    answer.replaceChildren();
  }
}

function headersOf({ tokenHeader, apiKey }) {
  const headers = new Headers();
  // A body that is text gets a content type from the browser unless it has one.
  const type = byId("send-type").value.trim();
  if (type !== "") headers.set("Content-Type", type);
  const token = byId("send-token").value;
  if (tokenHeader !== undefined && token !== "") headers.set(tokenHeader, token);
  const key = byId("send-api-key").value;
  if (apiKey !== undefined && key !== "") headers.set("x-api-key", key);
  for (const line of byId("send-headers").value.split("\n")) {
    const [, name, value] = /^([^:]+):(.*)$/.exec(line) ?? [];
    if (name !== undefined) headers.append(name.trim(), value.trim());
  }
  return headers;
}
