import type { Construct } from "constructs";
import { QueueLeveling } from "../constructs/queue-leveling";
import { LevelingStack, type LevelingStackProps } from "./leveling-stack";

/** The pattern without an authorizer: whoever knows the URL may send. */
export class NoAuthStack extends LevelingStack {
  constructor(scope: Construct, id: string, props: LevelingStackProps) {
    super(scope, id, props);
    this.finish(new QueueLeveling(this, "QueueLeveling", this.levelingProps), { headers: [] });
  }
}
