import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CreateQueueCommand } from "@aws-sdk/client-sqs";
import { awsClients } from "./aws-clients";
import type { DeployWorkspace } from "./deploy-workspace";
import { succeeded } from "./succeeded";

/**
 * Imports a queue, made beside Terraform, into the state of a stack: a real state, written through the backend, at a
 * tenth of the time of an apply. Returns the queue's address.
 */
export async function importQueue(workspace: DeployWorkspace, stack: string, name: string): Promise<string> {
  const { QueueUrl = "" } = await awsClients(workspace.aws).sqs.send(
    new CreateQueueCommand({ QueueName: name }),
  );
  const address = queueAddress(workspace, stack);
  await succeeded(workspace.terraform(stack, "import", "-input=false", address, QueueUrl));
  return address;
}

/** Address of the queue that callers' messages go to: the one of the output `queue_url`. */
function queueAddress({ project }: DeployWorkspace, stack: string): string {
  const file = join(project.stackFolder(stack), "cdk.tf.json");
  const { output } = JSON.parse(readFileSync(file, "utf8")) as { output: { queue_url: { value: string } } };
  const [, address] = /\$\{(aws_sqs_queue\.\w+)\.url\}/.exec(output.queue_url.value) ?? [];
  if (address === undefined)
    throw new Error(`${stack}: queue_url is not a queue's: ${output.queue_url.value}`);
  return address;
}
