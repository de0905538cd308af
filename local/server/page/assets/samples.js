import { announce, byId, element } from "./element.js";

/** The endpoints whose senders are offered. */
let offered;
/** Of those senders; the select's values are places in this list. */
let samples = [];
/** Puts an endpoint into the form. */
let use;
/** What samples were last filled in, by the field's id. */
const filled = { "send-type": undefined, "send-headers": undefined, "send-body": undefined };

/**
 * Offers what the senders of a stack's endpoints send; what is chosen stays while it is there. `choose` puts an endpoint into the
 * form.
 */
export function offerSamples(endpoints, choose) {
  if (endpoints === offered) return;
  offered = endpoints;
  use = choose;
  samples = endpoints.flatMap((endpoint) => samplesOf(endpoint, endpoints));
  const select = byId("send-sample");
  const chosen = select.selectedOptions[0]?.dataset.name;
  select.replaceChildren(element("option", { value: "" }, OWN_MESSAGE), ...samples.map(optionOf));
  const place = samples.findIndex((sample) => nameOf(sample) === chosen);
  if (place === -1) leaveSample();
  else select.value = String(place);
  byId("send-sample-field").hidden = samples.length === 0;
}

const OWN_MESSAGE = "none: a message of your own";

/** The form has no sample any more; what somebody changed in it stays. */
export function leaveSample() {
  byId("send-sample").value = "";
  showSecret(undefined);
  for (const [id, text] of Object.entries(filled)) {
    const field = byId(id);
    if (field.value === text) field.value = field.defaultValue;
  }
}

/** Those that the stack has an endpoint for. */
function samplesOf(hook, endpoints) {
  return (hook.webhook?.samples ?? []).flatMap((sample, index) => {
    const endpoint = endpointOf(endpoints, hook.path, sample.method);
    return endpoint === undefined ? [] : [{ ...sample, index, hook, endpoint }];
  });
}

function nameOf({ hook, label }) {
  return `${label} ${hook.path}`;
}

function endpointOf(endpoints, path, method) {
  const here = endpoints.filter((endpoint) => endpoint.path === path);
  const exact = here.find((endpoint) => endpoint.method === method);
  return exact ?? (method === "POST" ? here.find((endpoint) => endpoint.method === "ANY") : undefined);
}

function optionOf(sample, place) {
  return element("option", { value: String(place), "data-name": nameOf(sample) }, labelOf(sample));
}

/** A sender can have several endpoints: their paths tell them apart. */
function labelOf({ hook, label }) {
  const { title } = hook.webhook;
  const isTwin = samples.some((other) => other.hook !== hook && other.hook.webhook.title === title);
  return `${title}${isTwin ? ` at ${hook.path}` : ""}. ${label}`;
}

function showSecret(sample) {
  byId("send-secret-field").hidden = sample?.secretLabel === undefined;
  byId("send-sign").hidden = !sample?.isSigned;
  byId("send-secret-label").textContent = sample?.secretLabel ?? "Secret";
}

/** Fills the form with a request of the sender's, made by the gateway now; the body and the secret are the form's if `kept`. */
async function fill(kept) {
  const { value } = byId("send-sample");
  const result = byId("send-result");
  if (value === "") {
    leaveSample();
    return;
  }
  const sample = samples[Number(value)];
  if (!kept) {
    use(sample.endpoint);
    byId("send-sample").value = value;
  }
  try {
    const body = byId("send-body").value;
    const request = await askFor({
      path: byId("send-path").value,
      choice: sample.index,
      ...(kept && { secret: byId("send-secret").value, body }),
    });
    // Something else was chosen or written meanwhile.
    if (byId("send-sample").value !== value || byId("send-body").value !== body) return;
    showSecret(sample);
    fillFields(request);
    announce(kept ? "Signed again" : "The form has the sample");
    result.textContent = "";
  } catch (error) {
    result.dataset.status = "5";
    result.textContent = `No sample: ${error.message}`;
  }
}

async function askFor(wanted) {
  const response = await fetch("/_page/sample", {
    method: "POST",
    headers: { "X-Queue-Leveling-Page": "1" },
    body: JSON.stringify(wanted),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer;
}

function fillFields({ path, headers, body, secret }) {
  const { "Content-Type": contentType = "", ...others } = headers;
  const lines = Object.entries(others).map(([name, value]) => `${name}: ${value}`);
  byId("send-path").value = path;
  byId("send-secret").value = secret ?? "";
  fillField("send-type", contentType);
  fillField("send-headers", lines.join("\n"));
  fillField("send-body", body);
}

function fillField(id, text) {
  byId(id).value = text;
  // A text area has its own idea of line breaks.
  filled[id] = byId(id).value;
}

byId("send-sample").addEventListener("change", () => void fill(false));
byId("send-secret").addEventListener("change", () => void fill(true));
byId("send-sign").addEventListener("click", () => void fill(true));
