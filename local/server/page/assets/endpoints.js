import { announce, button, byId, element } from "./element.js";

/** Shows the stacks with their endpoints and a curl line for each; `choose` puts one into the form. */
export function showEndpoints(stacks, choose) {
  byId("endpoints").replaceChildren(...stacks.map((stack) => stackPart(stack, choose)));
}

function stackPart({ stack, endpoints }, choose) {
  return element(
    "div",
    { class: "stack" },
    element("h3", {}, stack),
    element(
      "ul",
      { class: "column plain" },
      endpoints.map((endpoint) => endpointPart(endpoint, choose)),
    ),
  );
}

function endpointPart(endpoint, choose) {
  const { method, path, queueName, tokenHeader, apiKey } = endpoint;
  const curl = curlLine(endpoint);
  const copy = button("Copy", `Copy the curl line of ${method} ${path}`, () => void copyText(curl, copy));
  return element(
    "li",
    {},
    element(
      "p",
      { class: "actions target" },
      element("span", { class: "verb" }, method),
      " ",
      element("code", {}, path),
      queueName !== undefined && element("span", { class: "tag" }, `to ${queueName}`),
      tokenHeader !== undefined && element("span", { class: "tag" }, `token in ${tokenHeader}`),
      apiKey !== undefined && element("span", { class: "tag" }, "API key in x-api-key"),
    ),
    element(
      "div",
      { class: "curl" },
      element("pre", { tabindex: "0", role: "region", "aria-label": `curl line of ${method} ${path}` }, curl),
      copy,
      button("Use in form", `Use in form: ${method} ${path}`, () => choose(endpoint)),
    ),
  );
}

/** A stack's names may hold what a shell obeys. */
function curlLine({ method, path, tokenHeader, apiKey }) {
  const verb = method === "ANY" ? "POST" : method;
  const url = location.origin + path;
  const token = tokenHeader === undefined ? "" : ` -H ${shellText(`${tokenHeader}: `, "$TOKEN")}`;
  const key = apiKey === undefined ? "" : ` -H "x-api-key: ${apiKey.value ?? "$API_KEY"}"`;
  const body =
    verb === "GET" || verb === "HEAD" || verb === "OPTIONS"
      ? ""
      : ` -H "Content-Type: application/json" --data '{"status": "ok"}'`;
  return `curl -X ${verb} ${/^[\w:/.@%+,~-]+$/.test(url) ? url : singleQuoted(url)}${token}${key}${body}`;
}

/** A text and a shell's variable as one argument. */
function shellText(text, variable) {
  return /^[\w: -]+$/.test(text) ? `"${text}${variable}"` : `${singleQuoted(text)}"${variable}"`;
}

function singleQuoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The clipboard is there on secure origins only, localhost among them. */
async function copyText(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    announce("Copied");
    button.textContent = "Copied";
  } catch {
    button.textContent = "Can't copy";
  }
  setTimeout(() => (button.textContent = "Copy"), 2000);
}
