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
  const { output, resource } = stackDocument(workspace, stack);
  const address = queueAddress(output.queue_url.value);
  // Without the Region in the state, `terraform import` can't set up the provider.
  const [region = ""] = Object.keys(resource.terraform_data);
  const target = `-target=terraform_data.${region}`;
  await succeeded(workspace.terraform(stack, "apply", "-auto-approve", "-input=false", target));
  await succeeded(workspace.terraform(stack, "import", "-input=false", address, QueueUrl));
  return address;
}

/** What the synthesized JSON of a stack has to say of its Region and its queue. */
export interface StackDocument {
  readonly output: { readonly queue_url: { readonly value: string } };
  readonly resource: { readonly terraform_data: object };
}

/** Reads the synthesized JSON of a stack. */
export function stackDocument({ project }: DeployWorkspace, stack: string): StackDocument {
  const file = join(project.stackFolder(stack), "cdk.tf.json");
  return JSON.parse(readFileSync(file, "utf8")) as StackDocument;
}

/** Address of the queue that callers' messages go to: the one of the output `queue_url`. */
export function queueAddress(queueUrl: string): string {
  const [, address] = /\$\{(aws_sqs_queue\.\w+)\.url\}/.exec(queueUrl) ?? [];
  if (address === undefined) throw new Error(`queue_url is not a queue's: ${queueUrl}`);
  return address;
}
