import { byId } from "./element.js";
import { showEndpoints } from "./endpoints.js";
import { addDepths, showQueues } from "./queues.js";
import { addRequest, setRequests } from "./requests.js";
import { chooseEndpoint, offerEndpoints } from "./send-form.js";

const handlers = {
  state({ sqsEndpoint, canPeek, stacks, queues }) {
    byId("sqs-endpoint").textContent = sqsEndpoint;
    showEndpoints(stacks, (endpoint) => chooseEndpoint(endpoint, true));
    offerEndpoints(stacks);
    showQueues(queues, canPeek);
  },
  requests: setRequests,
  request: addRequest,
  depths: addDepths,
};

const events = new EventSource("/_page/events");
for (const [name, handle] of Object.entries(handlers)) {
  events.addEventListener(name, ({ data }) => handle(JSON.parse(data)));
}
events.addEventListener("open", () => showConnection("live", "Live"));
events.addEventListener("error", () => showConnection("lost", "Not connected; trying again…"));

function showConnection(state, text) {
  const node = byId("connection");
  if (node.dataset.state === state) return;
  node.dataset.state = state;
  node.textContent = text;
}
