import type { StackModel } from "../terraform/stack-model";
export function asyncApiDocument(models: readonly StackModel[]): object {
  return { models: models.length };
}
