import Table from "cli-table3";
import { oneLine, printable } from "../../errors/printable";
import type { ServedConsumer } from "./consumers";
import type { Endpoint } from "./endpoints";
import { reachText } from "./reach";
import type { ServedStack } from "./served-stacks";
import type { RunningGateway } from "./start-gateway";

/** What runs, in one line for scripts. */
export function jsonLine({ stacks, sqsEndpoint, s3Endpoint, buckets, consumers }: RunningGateway): string {
  const short = stacks.map((served) => {
    const { stack, url, queueUrl, apiKey } = served;
    const webhooks = webhooksOf(served).map(({ sender, url }) => ({ sender, url }));
    const methods = otherMethods(served).map(({ method, url, queueName, bucketName, reaches }) => ({
      method,
      url,
      queueName,
      bucketName,
      reaches,
    }));
    return {
      stack,
      url,
      queueUrl,
      apiKey,
      ...(methods.length > 0 && { methods }),
      ...(webhooks.length > 0 && { webhooks }),
    };
  });
  const told = {
    stacks: short,
    sqsEndpoint,
    ...(s3Endpoint !== undefined && { s3Endpoint, buckets }),
    ...(consumers.length > 0 && { consumers }),
  };
  return `${oneLine(JSON.stringify(told))}\n`;
}

/** What runs, and what to try, for people. */
export function overview(gateway: RunningGateway): string {
  const { stacks, pageUrl } = gateway;
  const wantsKeys = stacks.some(({ apiKey }) => apiKey !== undefined);
  const head = ["Stack", "URL", "Queue URL", "Token", ...(wantsKeys ? ["API key"] : [])];
  const table = new Table({ head, style: { head: [], border: [] } });
  for (const stack of stacks) {
    const key = wantsKeys ? [apiKeyText(stack)] : [];
    table.push([stack.stack, stack.url, stack.queueUrl, tokenCell(stack, gateway), ...key].map(oneLine));
  }
  const commands = stacks.map((stack) => curlCommand(stack, gateway)).join("\n");
  const page = pageUrl === undefined ? "" : `\n\nPage: ${pageUrl}`;
  return printable(
    `${table.toString()}${methodTable(gateway)}${webhookTable(gateway)}${bucketTable(gateway)}${consumerTable(gateway)}${page}\n\nTry:\n${commands}\n\nCtrl-C ends it.\n`,
  );
}

function webhookTable({ stacks }: RunningGateway): string {
  return groupedTable(
    ["Sender", "URL"],
    stacks.map((stack) => [stack.stack, webhooksOf(stack).map(({ title, url }) => [title, url])]),
  );
}

/** Of a stack with one method alone, the first table tells all. */
function methodTable({ stacks }: RunningGateway): string {
  return groupedTable(
    ["Method", "URL", "What it does"],
    stacks.map((stack) => [
      stack.stack,
      otherMethods(stack).map(({ method, url, reaches = [] }) => [method, url, reachText(reaches)]),
    ]),
  );
}

function bucketTable({ buckets }: RunningGateway): string {
  if (buckets.length === 0) return "";
  const table = new Table({ head: ["Stack", "Bucket", "Notifies"], style: { head: [], border: [] } });
  for (const { stack, url, queues } of buckets) {
    table.push([stack, url, queues.join(", ") || "no queue"].map(oneLine));
  }
  return `\n${table.toString()}`;
}

/** A row a stack: with rules between twelve senders nobody would see them at one glance. */
function groupedTable(
  head: readonly string[],
  stacks: readonly (readonly [stack: string, rows: readonly (readonly string[])[]])[],
): string {
  const table = new Table({ head: ["Stack", ...head], style: { head: [], border: [] } });
  for (const [stack, rows] of stacks) {
    if (rows.length === 0) continue;
    const columns = head.map((_, column) => rows.map((row) => oneLine(row[column] ?? "")).join("\n"));
    table.push([oneLine(stack), ...columns]);
  }
  return table.length === 0 ? "" : `\n${table.toString()}`;
}

/** The methods that are no sender's, where there is more than the one that is shown of the stack. */
function otherMethods({ url, urls }: ServedStack): readonly Endpoint[] {
  const own = urls.filter(({ webhook }) => webhook === undefined);
  return own.some((endpoint) => endpoint.url !== url) ? own : [];
}

/** The endpoints that take a sender's deliveries. */
function webhooksOf({ urls }: ServedStack) {
  return urls.flatMap(({ url, webhook }) => (webhook === undefined ? [] : { ...webhook, url }));
}

function consumerTable({ consumers }: RunningGateway): string {
  if (consumers.length === 0) return "";
  const head = ["Queue", "Consumer", "Batch", "At once", "Failures"];
  const table = new Table({ head, style: { head: [], border: [] } });
  for (const consumer of consumers) table.push(consumerRow(consumer).map(oneLine));
  return `\n${table.toString()}`;
}

function consumerRow(consumer: ServedConsumer): string[] {
  const { queue, handler, batchSize, maximumBatchingWindowInSeconds: window, concurrency } = consumer;
  return [
    queue,
    handler,
    `up to ${batchSize}${window === 0 ? "" : ` in ${window} s`}`,
    String(concurrency),
    consumer.reportsBatchItemFailures ? "as reported" : "the whole batch",
  ];
}

/** The method that is shown of a stack. */
function endpointOf({ url, urls }: ServedStack): Partial<Endpoint> {
  const own = urls.filter((endpoint) => endpoint.url === url);
  return own.find(({ queueName }) => queueName !== undefined) ?? own[0] ?? {};
}

function tokenCell(stack: ServedStack, { sampleToken }: RunningGateway): string {
  const { tokenHeader, scopes, signingRegion, identitySources } = endpointOf(stack);
  if (signingRegion !== undefined) return "signed with an access key";
  if (scopes !== undefined) return scopes.length === 0 ? "Cognito's ID token" : "Cognito's access token";
  if (identitySources !== undefined) return "your authorizer's";
  return tokenHeader === undefined ? "none needed" : (sampleToken ?? "your authorizer's");
}

function apiKeyText({ apiKey }: ServedStack): string {
  if (apiKey === undefined) return "none needed";
  const { name, value } = apiKey;
  return value ?? (name === undefined ? "none in the stage's usage plans" : `yours: ${name}`);
}

/** What is sent to a method that is no sender's. */
const OWN_MESSAGE = { contentType: "application/json", body: '{"status": "ok"}' };

/** Ready to be pasted into a shell, whatever the stack's names are. */
function curlCommand(stack: ServedStack, gateway: RunningGateway): string {
  const { apiKey } = stack;
  const key = apiKey === undefined ? "" : ` -H ${shellText(`x-api-key: ${apiKey.value ?? "your key"}`)}`;
  const address = `${stack.url}${wantedQuery(endpointOf(stack))}`;
  const url = /^[\w:/.@%+,~-]+$/.test(address) ? address : singleQuoted(address);
  const authorization = curlAuthorization(endpointOf(stack), gateway);
  const wanted = wantedHeaders(endpointOf(stack));
  const { method = "ANY" } = endpointOf(stack);
  const verb = method === "ANY" ? "POST" : method;
  const { webhook, bodiless, sampleBody = OWN_MESSAGE.body } = endpointOf(stack);
  const { contentType, body } = webhook?.delivery ?? { ...OWN_MESSAGE, body: sampleBody };
  const payload = ` -H "Content-Type: ${contentType}" --data ${singleQuoted(body)}`;
  const sent = verb === "GET" || bodiless === true ? "" : payload;
  return oneLine(`curl -X ${verb} ${url}${authorization}${key}${wanted}${sent}`);
}

function curlAuthorization(endpoint: Partial<Endpoint>, gateway: RunningGateway): string {
  const { tokenHeader, signingRegion, scopes } = endpoint;
  if (signingRegion !== undefined) {
    const { accessKeyId = "$AWS_ACCESS_KEY_ID", secretAccessKey = "$AWS_SECRET_ACCESS_KEY" } =
      gateway.sampleCredentials ?? {};
    return ` --aws-sigv4 "aws:amz:${signingRegion}:execute-api" --user "${accessKeyId}:${secretAccessKey}"`;
  }
  if (tokenHeader === undefined) return "";
  const token = scopes === undefined ? gateway.sampleToken : endpoint.sampleToken;
  return ` -H ${shellText(`${tokenHeader}: ${token ?? "your token"}`)}`;
}

/** What a request has to have in its query, with values to fill in. */
function wantedQuery(endpoint: Partial<Endpoint>): string {
  const names = wantedIn(endpoint, "querystring");
  return names.length === 0 ? "" : `?${names.map((name) => `${encodeURIComponent(name)}=yours`).join("&")}`;
}

/** The same of its headers, but for those that the line has already. */
function wantedHeaders(endpoint: Partial<Endpoint>): string {
  const written = ["content-type", endpoint.tokenHeader?.toLowerCase()];
  return wantedIn(endpoint, "header")
    .filter((name) => !written.includes(name.toLowerCase()))
    .map((name) => ` -H ${shellText(`${name}: yours`)}`)
    .join("");
}

function wantedIn(
  { identitySources = [], requestParameters = [] }: Partial<Endpoint>,
  part: string,
): string[] {
  const start = `method.request.${part}.`;
  return [...new Set([...identitySources, ...requestParameters])]
    .filter((source) => source.startsWith(start))
    .map((source) => source.slice(start.length));
}

/** In double quotes, for reading, where no shell would see more in it. */
function shellText(text: string): string {
  return /^[\w:/.@%+,=~ -]*$/.test(text) ? `"${text}"` : singleQuoted(text);
}

function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
