import { byId } from "./element.js";

const quiet = 5000;
let requests = 0;
let timer;

/** Says for screen readers how many requests came: once in five seconds, not for each. */
export function announceRequest() {
  requests += 1;
  timer ??= setTimeout(() => {
    announce(requests === 1 ? "1 new request" : `${requests} new requests`);
    requests = 0;
    timer = undefined;
  }, quiet);
}

/** Says what an action did. */
export function announce(text) {
  byId("announcement").textContent = text;
}
