import { announce, byId, element, expandableRow } from "./element.js";
import { requestDetails, statusText } from "./request-details.js";

const longest = 200;
const pageLength = 25;

/** All that are kept, the newest first. */
let requests = [];
let shownLength = pageLength;
let paused = false;
let frame;

/** Rows by the request's number: kept, so that focus and open details stay where they are. */
const rows = new Map();

/** Shows these requests instead of all others. */
export function setRequests({ requests: all, missed }) {
  requests = [...all].reverse();
  rows.clear();
  showMissed(missed);
  showSoon();
}

/** Shows one more, on top. */
export function addRequest({ request, missed }) {
  requests.unshift(request);
  requests.length = Math.min(requests.length, longest);
  showMissed(missed);
  announceRequest();
  showSoon();
}

const quiet = 5000;
let unannounced = 0;
let timer;

/** Says for screen readers how many requests came: once in five seconds, not for each. */
function announceRequest() {
  unannounced += 1;
  timer ??= setTimeout(() => {
    announce(unannounced === 1 ? "1 new request" : `${unannounced} new requests`);
    unannounced = 0;
    timer = undefined;
  }, quiet);
}

/** However many requests come, the list is drawn once a frame. */
function showSoon() {
  if (paused) {
    byId("pause").textContent = `Go on (${requests.filter(({ number }) => !rows.has(number)).length} new)`;
    return;
  }
  frame ??= requestAnimationFrame(() => {
    frame = undefined;
    show();
  });
}

function show() {
  const matching = requests.filter(matches);
  const shown = matching.slice(0, shownLength);
  place(shown.flatMap(rowsOf));
  const kept = new Set(requests.map(({ number }) => number));
  for (const number of rows.keys()) if (!kept.has(number)) rows.delete(number);
  const empty = byId("no-requests");
  empty.hidden = shown.length > 0;
  if (requests.length > 0) empty.textContent = "No request matches the filter.";
  const more = byId("more-requests");
  more.hidden = matching.length <= shownLength;
  more.textContent = `Show ${matching.length - shownLength} more`;
}

/** Puts the rows in order and moves only those that are not in place: a moved row would lose its focus. */
function place(nodes) {
  const body = byId("request-rows");
  const wanted = new Set(nodes);
  for (const node of [...body.children]) if (!wanted.has(node)) node.remove();
  let next = body.firstChild;
  for (const node of nodes) {
    if (node === next) next = next.nextSibling;
    else body.insertBefore(node, next);
  }
}

function rowsOf(request) {
  if (!rows.has(request.number)) rows.set(request.number, makeRows(request));
  return rows.get(request.number);
}

function makeRows(request) {
  const { trace, stack } = request;
  const time = new Date(trace.receivedAt).toLocaleTimeString([], { hour12: false });
  return expandableRow({
    name: `${trace.request.method} /${stack}${trace.request.path}, ${trace.response.status} at ${time}, request ${request.number}`,
    label: [element("span", { class: "verb" }, trace.request.method), ` /${stack}${trace.request.path}`],
    cells: [
      element("td", { class: "time" }, element("time", { datetime: trace.receivedAt }, time)),
      undefined,
      element("td", {}, statusText(trace.response.status)),
      element("td", { class: "number optional" }, (trace.timings.answer ?? 0).toFixed(1)),
      element("td", { class: "optional outcome" }, outcome(request)),
    ],
    details: () => requestDetails(request),
  });
}

function outcome({ failure, trace: { error, backend, authorization } }) {
  if (error) return error.responseType;
  if (failure !== undefined) return failure;
  if (backend?.sent === undefined) return "";
  const { action, queueName } = backend.sent;
  return `${action} to ${queueName ?? "SQS"}${authorization?.cached ? ", authorizer cached" : ""}`;
}

function matches({ stack, trace }) {
  const status = byId("filter-status").value;
  if (!String(trace.response.status).startsWith(status)) return false;
  const text = byId("filter-text").value.trim().toLowerCase();
  if (text === "") return true;
  const { request, requestId, error, response } = trace;
  return [
    `${request.method} /${stack}${request.path}`,
    requestId,
    request.body,
    response.body,
    error?.responseType ?? "",
  ]
    .join("\n")
    .toLowerCase()
    .includes(text);
}

function showMissed(missed) {
  const note = byId("missed");
  note.hidden = missed === 0;
  note.textContent = `${missed.toLocaleString()} more requests came too fast to be recorded; they were served all the same.`;
}

byId("filter-text").addEventListener("input", show);
byId("filter-status").addEventListener("change", show);
byId("more-requests").addEventListener("click", () => {
  shownLength += pageLength;
  show();
});
byId("pause").addEventListener("click", () => {
  paused = !paused;
  byId("pause").setAttribute("aria-pressed", String(paused));
  byId("pause").textContent = paused ? "Go on" : "Pause";
  if (!paused) show();
});
