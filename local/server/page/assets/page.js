import { byId } from "./element.js";
import { showEndpoints } from "./endpoints.js";
import { addDepths, showQueues } from "./queues.js";
import { addRequest, setRequests } from "./requests.js";
import { chooseEndpoint, offerEndpoints } from "./send-form.js";

const handlers = {
  state({ sqsEndpoint, canPeek, sampleToken, sampleCredentials, stacks, queues, buckets }) {
    byId("sqs-endpoint").textContent = sqsEndpoint;
    showBuckets(buckets);
    showEndpoints(stacks, (endpoint) => chooseEndpoint(endpoint, true), sampleCredentials);
    offerEndpoints(stacks, sampleToken);
    showQueues(queues, canPeek);
  },
  requests: setRequests,
  request: addRequest,
  depths(looked) {
    addDepths(looked);
    showAnswers(looked.depths);
  },
};

const events = new EventSource("/_page/events");
for (const [name, handle] of Object.entries(handlers)) {
  events.addEventListener(name, ({ data }) => handle(JSON.parse(data)));
}
events.addEventListener("open", () => showConnection("live", "Live"));
events.addEventListener("error", () => showConnection("lost", "Not connected; trying again…"));

/** The events come from the gateway: that they do says nothing of SQS. */
function showAnswers(depths) {
  const failing = depths.filter(({ error }) => error !== undefined);
  if (failing.length === 0) showConnection("live", "Live");
  else if (failing.length === depths.length) showConnection("failing", "SQS gives no answer");
  else showConnection("failing", `No answer about ${failing.map(({ name }) => name).join(", ")}`);
}

function showBuckets(buckets) {
  const told = buckets.map(({ url, queues }) => `${url} (notifies ${queues.join(", ") || "no queue"})`);
  byId("buckets").hidden = told.length === 0;
  byId("buckets").textContent = `S3 at ${told.join(", ")}`;
}

function showConnection(state, text) {
  const node = byId("connection");
  if (node.textContent === text) return;
  node.dataset.state = state;
  node.textContent = text;
}
