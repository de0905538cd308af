import Table from "cli-table3";
import { oneLine, printable } from "../../errors/printable";
import type { ServedStack } from "./served-stacks";
import type { RunningGateway } from "./start-gateway";

/** What runs, in one line for scripts. */
export function jsonLine({ stacks, sqsEndpoint }: RunningGateway): string {
  const short = stacks.map(({ stack, url, queueUrl }) => ({ stack, url, queueUrl }));
  return `${oneLine(JSON.stringify({ stacks: short, sqsEndpoint }))}\n`;
}

/** What runs, and what to try, for people. */
export function overview(gateway: RunningGateway): string {
  const { stacks, pageUrl, sampleToken } = gateway;
  const table = new Table({ head: ["Stack", "URL", "Queue URL", "Token"], style: { head: [], border: [] } });
  for (const stack of stacks) {
    const token = tokenHeader(stack) === undefined ? "none needed" : (sampleToken ?? "your authorizer's");
    table.push([stack.stack, stack.url, stack.queueUrl, token].map(oneLine));
  }
  const commands = stacks.map((stack) => curlCommand(stack, sampleToken)).join("\n");
  const page = pageUrl === undefined ? "" : `\n\nPage: ${pageUrl}`;
  return printable(`${table.toString()}${page}\n\nTry:\n${commands}\n\nCtrl-C ends it.\n`);
}

function tokenHeader({ url, urls }: ServedStack): string | undefined {
  return urls.find((endpoint) => endpoint.url === url)?.tokenHeader;
}

/** Ready to be pasted into a shell, whatever the stack's names are. */
function curlCommand(stack: ServedStack, sampleToken: string | undefined): string {
  const header = tokenHeader(stack);
  const authorization =
    header === undefined ? "" : ` -H ${shellText(`${header}: ${sampleToken ?? "your token"}`)}`;
  const url = /^[\w:/.@%+,~-]+$/.test(stack.url) ? stack.url : singleQuoted(stack.url);
  return oneLine(
    `curl -X POST ${url}${authorization} -H "Content-Type: application/json" --data '{"status": "ok"}'`,
  );
}

/** In double quotes, for reading, where no shell would see more in it. */
function shellText(text: string): string {
  return /^[\w:/.@%+,=~ -]*$/.test(text) ? `"${text}"` : singleQuoted(text);
}

function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
