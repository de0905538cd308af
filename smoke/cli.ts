import { isAwsEndpoint } from "../aws/aws-signer";
import { CommandLineError } from "../errors/command-line-error";
import { runTool } from "../errors/run-tool";
import { enterCallersFolder } from "../local/server/callers-folder";
import { Queue } from "../queue/queue";
import { outputsOf, placeOfQueue } from "../queue/queue-place";
import { environmentEndpoint, requireHttp } from "../queue/sqs-client";
import { requireOutput, requireWebhook } from "../queue/stack-outputs";
import { type Flags, readFlags } from "./cli-flags";
import { smokeTest } from "./smoke-test";

enterCallersFolder("smoke");

void runTool(async ({ signal }) => {
  const flags = readFlags(process.argv.slice(2));
  if (flags === undefined) return undefined;
  const { token, header = {}, body, seconds, json = false } = flags;
  const headers = token === undefined ? header : { Authorization: token, ...header };
  return smokeTest(Queue.at(placeOfQueue(flags)), {
    url: urlOf(flags),
    headers,
    body,
    seconds,
    json,
    signal,
  });
});

function urlOf({ url, ...which }: Flags): string {
  if (url !== undefined) return requireHttp("--url", url).href;
  const outputs = outputsOf(which);
  const { webhook } = which;
  const deployed =
    webhook === undefined ? requireOutput(outputs, "api_url") : requireWebhook(outputs, webhook).url;
  const emulator = environmentEndpoint();
  if (emulator === undefined || isAwsEndpoint(emulator) || !isAwsEndpoint(deployed)) return deployed;
  throw new CommandLineError({
    where: "--url",
    wrong: `is needed: the output ${webhook === undefined ? "api_url" : "webhooks"} is AWS's own, the queue is looked for at an emulator`,
    got: emulator,
    allowed: "where that emulator serves the API",
    mend: "Write, for LocalStack, --url <endpoint>/_aws/execute-api/<rest_api_id>/<stage_name>/<path>; or unset AWS_ENDPOINT_URL.",
  });
}
