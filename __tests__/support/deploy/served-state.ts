import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startGateway } from "../../../local/server/start-gateway";
import type { ChangingStack } from "./changing-stack";
import { succeeded } from "./succeeded";

/**
 * Calls `use` while a gateway serves what was applied, from Terraform's state, in front of the emulated AWS's queues.
 * @param use gets the URL of `POST /sqs`; the token is "testtoken"
 */
export async function whileServed<Result>(
  stack: ChangingStack,
  use: (url: string) => Promise<Result>,
): Promise<Result> {
  process.env.AUTHORIZER_TOKEN = "testtoken";
  const { stdout } = await succeeded(stack.terraform("show", "-json"));
  const file = join(stack.workspace.project.folder, "state.json");
  writeFileSync(file, stdout);
  const gateway = await startGateway({
    stacks: [file],
    authorizer: require.resolve("../../../lambda/token-authorizer"),
    sqsEndpoint: stack.workspace.aws.endpoint,
  });
  try {
    return await use(gateway.stacks[0]?.url ?? "");
  } finally {
    await gateway.close();
  }
}
