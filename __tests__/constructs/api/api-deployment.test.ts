import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { ApiDeployment } from "../../../constructs/api/api-deployment";
import { Synthesized } from "../../support/synthesized";

interface Change {
  readonly template?: string;
  readonly tags?: Record<string, string>;
  readonly retention?: number;
  readonly binaryMediaTypes?: string[];
}

function deploymentWith(change: Change) {
  const stack = new TerraformStack(Testing.app(), "stack");
  const restApi = new ApiGatewayRestApi(stack, "RestApi", {
    name: "api",
    ...(change.tags ? { tags: change.tags } : {}),
    ...(change.binaryMediaTypes ? { binaryMediaTypes: change.binaryMediaTypes } : {}),
  });
  const part = new Construct(stack, "Part");
  new SqsQueue(part, "Queue", { messageRetentionSeconds: change.retention ?? 60 });
  new ApiGatewayIntegration(part, "Integration", {
    restApiId: restApi.id,
    resourceId: restApi.rootResourceId,
    httpMethod: "POST",
    type: "AWS",
    requestTemplates: { "application/json": change.template ?? "Action=SendMessage" },
  });
  new ApiDeployment(stack, "Deployment", {
    restApi,
    settings: { stageName: "prod", clientCertificate: false, canary: undefined },
    parts: [restApi, part],
    triggers: { queue_name: "${var.queue}" },
  });
  return new Synthesized(Testing.synth(stack)).only("aws_api_gateway_deployment");
}

function hashWith(change: Change): unknown {
  return (deploymentWith(change).triggers as Record<string, unknown>).configuration;
}

test("the deployment is replaced before its predecessor goes, after every part of the API", () => {
  expect(deploymentWith({})).toMatchObject({
    lifecycle: { create_before_destroy: true },
    depends_on: ["aws_api_gateway_rest_api.RestApi", "aws_api_gateway_integration.Part_Integration_A06D8103"],
    triggers: { queue_name: "${var.queue}" },
  });
});

test("the same configuration gives the same hash", () => {
  expect(hashWith({})).toBe(hashWith({}));
});

test.each<[string, Change]>([
  ["a template", { template: "Action=DeleteMessage" }],
  ["the API's binary media types", { binaryMediaTypes: ["image/png"] }],
])("%s reaches the stage", (_what, change) => {
  expect(hashWith(change)).not.toBe(hashWith({}));
});

test.each<[string, Change]>([
  ["a tag", { tags: { team: "orders" } }],
  ["the queue's retention", { retention: 120 }],
])("%s leaves the deployment alone", (_what, change) => {
  expect(hashWith(change)).toBe(hashWith({}));
});
