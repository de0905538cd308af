import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { QueueLeveling } from "queue-leveling";
import { AwsLocation } from "queue-leveling/aws-location";
import { LeveledQueue } from "queue-leveling/leveled-queue";

/** A stack of the user's own, with the pattern beside other resources. */
class Shop extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const regionName = "eu-central-1";
    new AwsProvider(this, "Aws", { region: regionName });
    const location = new AwsLocation(this, "Location", { regionName });
    const queue = new LeveledQueue(this, "Orders", { location, queueName: "orders", maxReceiveCount: 7 });
    const leveling = new QueueLeveling(this, "Leveling", {
      location,
      queue,
      apiName: "shop",
      stageName: "live",
      contentTypes: ["application/json"],
      forwardHeaders: ["X-Tenant"],
    });
    new SnsTopic(this, "Topic", { name: "shop", displayName: leveling.stageName });
    new TerraformOutput(this, "url", { value: leveling.url });
  }
}

const app = new App();
new Shop(app, "shop");
app.synth();
