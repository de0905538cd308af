import Table from "cli-table3";
import { oneLine, printable } from "../../errors/printable";
import type { ServedStack } from "./served-stacks";
import type { RunningGateway } from "./start-gateway";

/** What runs, in one line for scripts. */
export function jsonLine({ stacks, sqsEndpoint }: RunningGateway): string {
  const short = stacks.map(({ stack, url, queueUrl, apiKey }) => ({ stack, url, queueUrl, apiKey }));
  return `${oneLine(JSON.stringify({ stacks: short, sqsEndpoint }))}\n`;
}

/** What runs, and what to try, for people. */
export function overview(gateway: RunningGateway): string {
  const { stacks, pageUrl, sampleToken } = gateway;
  const wantsKeys = stacks.some(({ apiKey }) => apiKey !== undefined);
  const head = ["Stack", "URL", "Queue URL", "Token", ...(wantsKeys ? ["API key"] : [])];
  const table = new Table({ head, style: { head: [], border: [] } });
  for (const stack of stacks) {
    const token = tokenHeader(stack) === undefined ? "none needed" : (sampleToken ?? "your authorizer's");
    const key = wantsKeys ? [apiKeyText(stack)] : [];
    table.push([stack.stack, stack.url, stack.queueUrl, token, ...key].map(oneLine));
  }
  const commands = stacks.map((stack) => curlCommand(stack, sampleToken)).join("\n");
  const page = pageUrl === undefined ? "" : `\n\nPage: ${pageUrl}`;
  return printable(`${table.toString()}${page}\n\nTry:\n${commands}\n\nCtrl-C ends it.\n`);
}

function tokenHeader({ url, urls }: ServedStack): string | undefined {
  return urls.find((endpoint) => endpoint.url === url)?.tokenHeader;
}

function apiKeyText({ apiKey }: ServedStack): string {
  if (apiKey === undefined) return "none needed";
  const { name, value } = apiKey;
  return value ?? (name === undefined ? "none in the stage's usage plans" : `yours: ${name}`);
}

/** Ready to be pasted into a shell, whatever the stack's names are. */
function curlCommand(stack: ServedStack, sampleToken: string | undefined): string {
  const header = tokenHeader(stack);
  const authorization =
    header === undefined ? "" : ` -H ${shellText(`${header}: ${sampleToken ?? "your token"}`)}`;
  const { apiKey } = stack;
  const key = apiKey === undefined ? "" : ` -H ${shellText(`x-api-key: ${apiKey.value ?? "your key"}`)}`;
  const url = /^[\w:/.@%+,~-]+$/.test(stack.url) ? stack.url : singleQuoted(stack.url);
  return oneLine(
    `curl -X POST ${url}${authorization}${key} -H "Content-Type: application/json" --data '{"status": "ok"}'`,
  );
}

/** In double quotes, for reading, where no shell would see more in it. */
function shellText(text: string): string {
  return /^[\w:/.@%+,=~ -]*$/.test(text) ? `"${text}"` : singleQuoted(text);
}

function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
