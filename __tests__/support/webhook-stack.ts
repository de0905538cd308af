import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { LevelingStackProps } from "../../stacks/leveling-stack";
import { synthesizedNoAuthStack } from "./synthesized";

/** A stack `hooks` that takes the deliveries of these senders, beside `POST /sqs`, in a folder of its own. */
export function writeWebhookStack(webhook: LevelingStackProps["webhook"]): {
  folder: string;
  remove: () => void;
} {
  const root = mkdtempSync(path.join(tmpdir(), "webhooks-"));
  const folder = path.join(root, "hooks");
  mkdirSync(folder);
  const { json } = synthesizedNoAuthStack({ storageSqsQueueName: "hooks", stageName: "v1", webhook });
  writeFileSync(path.join(folder, "cdk.tf.json"), JSON.stringify(json));
  return {
    folder,
    remove: () => {
      rmSync(root, { recursive: true });
    },
  };
}
