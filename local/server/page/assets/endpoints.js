import { announce, button, byId, element } from "./element.js";

let sampleCredentials;

/**
 * Shows the stacks with their endpoints and a curl line for each; `choose` puts one into the form. The credentials are those
 * that the gateway made up, if they count.
 */
export function showEndpoints(stacks, choose, credentials) {
  sampleCredentials = credentials;
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
  const { method, path, webhook, reaches = [], tokenHeader, signingRegion, apiKey } = endpoint;
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
      webhook !== undefined && element("span", { class: "tag sender" }, `from ${webhook.title}`),
      reaches.map((reach) => element("span", { class: "tag" }, reachText(reach))),
      tokenHeader !== undefined && element("span", { class: "tag" }, `token in ${tokenHeader}`),
      signingRegion !== undefined && element("span", { class: "tag" }, "signed with an access key"),
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

/** One of several queues at a time. */
function reachText({ does, names }) {
  const oneOf = names.join(", ").replace(/, ([^,]*)$/, " or $1");
  return `${does} ${names.length === 0 ? "what the request names" : oneOf}`;
}

const OWN_MESSAGE = { contentType: "application/json", body: '{"status": "ok"}' };

/** A stack's names may hold what a shell obeys. */
function curlLine(endpoint) {
  const { method, path, webhook, tokenHeader, signingRegion, apiKey, bodiless, sampleBody } = endpoint;
  const verb = method === "ANY" ? "POST" : method;
  const url = location.origin + path;
  const token = tokenHeader === undefined ? "" : ` -H ${shellText(`${tokenHeader}: `, "$TOKEN")}`;
  const signature = signingRegion === undefined ? "" : curlSignature(signingRegion);
  const key = apiKey === undefined ? "" : ` -H "x-api-key: ${apiKey.value ?? "$API_KEY"}"`;
  const { contentType, body: text } = webhook?.delivery ?? {
    ...OWN_MESSAGE,
    ...(sampleBody && { body: sampleBody }),
  };
  const body =
    bodiless || verb === "GET" || verb === "HEAD" || verb === "OPTIONS"
      ? ""
      : ` -H "Content-Type: ${contentType}" --data ${singleQuoted(text)}`;
  return `curl -X ${verb} ${/^[\w:/.@%+,~-]+$/.test(url) ? url : singleQuoted(url)}${token}${signature}${key}${body}`;
}

function curlSignature(region) {
  const { accessKeyId = "$AWS_ACCESS_KEY_ID", secretAccessKey = "$AWS_SECRET_ACCESS_KEY" } =
    sampleCredentials ?? {};
  return ` --aws-sigv4 "aws:amz:${region}:execute-api" --user "${accessKeyId}:${secretAccessKey}"`;
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
