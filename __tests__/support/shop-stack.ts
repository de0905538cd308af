import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const API = "${aws_api_gateway_rest_api.shop.id}";
const ACCOUNT = "000000000000";

const assumeRole = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "apigateway.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});

const maySend = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" }],
});

const template =
  "Action=SendMessage&MessageBody=$util.urlEncode($input.body)" +
  "&MessageAttribute.1.Name=source&MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value.StringValue=shop";

/** What one `POST /<name>` needs, sending to the queue `queue`. */
function sendingMethod(name: string, queue: string, method: object) {
  const parent = {
    rest_api_id: API,
    resource_id: `\${aws_api_gateway_resource.${name}.id}`,
    http_method: "POST",
  };
  return {
    aws_api_gateway_resource: {
      rest_api_id: API,
      parent_id: "${aws_api_gateway_rest_api.shop.root_resource_id}",
      path_part: name,
    },
    aws_api_gateway_method: { ...parent, authorization: "NONE", ...method },
    aws_api_gateway_integration: {
      ...parent,
      type: "AWS",
      integration_http_method: "POST",
      uri: `arn:aws:apigateway:eu-central-1:sqs:path/${ACCOUNT}/\${aws_sqs_queue.${queue}.name}`,
      credentials: "${aws_iam_role.sender.arn}",
      request_parameters: {
        "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'",
      },
      request_templates: { "application/json": template, "text/html": template },
      depends_on: [`aws_api_gateway_method.${name}`],
    },
    aws_api_gateway_method_response: { ...parent, status_code: "200" },
    aws_api_gateway_integration_response: { ...parent, status_code: "200" },
  };
}

const METHODS = {
  open: sendingMethod("open", "orders", {}),
  guarded: sendingMethod("guarded", "orders", {
    authorization: "CUSTOM",
    authorizer_id: "${aws_api_gateway_authorizer.token.id}",
  }),
  fifo: sendingMethod("fifo", "fifo", {}),
};

const DOCUMENT = {
  provider: { aws: [{ region: "eu-central-1" }] },
  resource: {
    ...resourcesOf(METHODS),
    aws_sqs_queue: {
      failed: { name: "orders-failed" },
      orders: {
        name: "orders",
        visibility_timeout_seconds: 30,
        redrive_policy:
          "${jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed.arn, maxReceiveCount = 1 })}",
      },
      fifo: { name: "orders.fifo", fifo_queue: true, content_based_deduplication: true },
    },
    aws_iam_role: { sender: { name: "sender", assume_role_policy: assumeRole } },
    aws_iam_role_policy: { send: { role: "${aws_iam_role.sender.id}", policy: maySend } },
    aws_api_gateway_rest_api: { shop: { name: "shop" } },
    aws_api_gateway_authorizer: {
      token: {
        rest_api_id: API,
        name: "token",
        type: "TOKEN",
        identity_source: "method.request.header.X-Shop-Token",
        authorizer_uri:
          "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:000000000000:function:auth/invocations",
      },
    },
    aws_lambda_permission: {
      auth: {
        action: "lambda:InvokeFunction",
        function_name: "auth",
        principal: "apigateway.amazonaws.com",
      },
    },
    aws_api_gateway_deployment: { now: { rest_api_id: API } },
    aws_api_gateway_stage: {
      v1: {
        rest_api_id: API,
        deployment_id: "${aws_api_gateway_deployment.now.id}",
        stage_name: "v1",
      },
    },
  },
};

/** Turns resources by method and type into Terraform's resources by type and name. */
function resourcesOf(byMethod: Record<string, Record<string, object>>): Record<string, object> {
  const byType: Record<string, Record<string, object>> = {};
  for (const [name, resources] of Object.entries(byMethod)) {
    for (const [type, resource] of Object.entries(resources)) (byType[type] ??= {})[name] = resource;
  }
  return byType;
}

/** A stack with a token for one endpoint, none for another, a dead-letter queue and a FIFO queue, in a folder of its own. */
export function writeShopStack(name = "shop"): { folder: string; remove: () => void } {
  const root = mkdtempSync(path.join(tmpdir(), "page-"));
  const folder = path.join(root, name);
  mkdirSync(folder);
  writeFileSync(path.join(folder, "cdk.tf.json"), JSON.stringify(DOCUMENT));
  return {
    folder,
    remove: () => {
      rmSync(root, { recursive: true });
    },
  };
}

/** The shop under a name that shells and terminals would obey, with its guarded endpoint alone. */
export function writeHostileStack(): { name: string; folder: string; remove: () => void } {
  const name = "$(touch pwned)'\u001b[2J\u202e";
  const { folder, remove } = writeShopStack(name);
  const resource = { ...DOCUMENT.resource, ...resourcesOf({ guarded: METHODS.guarded }) };
  writeFileSync(path.join(folder, "cdk.tf.json"), JSON.stringify({ ...DOCUMENT, resource }));
  return { name, folder, remove };
}
