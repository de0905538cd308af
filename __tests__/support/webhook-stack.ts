import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { SENDERS } from "../../webhooks/senders";

const API = "${aws_api_gateway_rest_api.hooks.id}";

const TEMPLATE = [
  "Action=SendMessage&MessageBody=$util.urlEncode($input.body)",
  "&MessageAttribute.1.Name=RequestUrl&MessageAttribute.1.Value.DataType=String",
  "&MessageAttribute.1.Value.StringValue=$util.urlEncode('https://')$context.domainName$context.path",
  "&MessageAttribute.2.Name=Headers&MessageAttribute.2.Value.DataType=String",
  "&MessageAttribute.2.Value.StringValue=",
  "#foreach($name in $input.params().header.keySet())",
  '$util.urlEncode("$name: $input.params().header.get($name)")%0A',
  "#end",
].join("");

interface Method {
  readonly verb: string;
  readonly integration: object;
  readonly response?: object;
}

function methodOf(name: string, { verb, integration, response }: Method): Record<string, object> {
  const parent = {
    rest_api_id: API,
    resource_id: `\${aws_api_gateway_resource.${name}.id}`,
    http_method: verb,
  };
  return {
    aws_api_gateway_method: { ...parent, authorization: "NONE" },
    aws_api_gateway_integration: { ...parent, ...integration },
    aws_api_gateway_method_response: {
      ...parent,
      status_code: "200",
      response_parameters: { "method.response.header.Content-Type": true },
    },
    aws_api_gateway_integration_response: { ...parent, status_code: "200", ...response },
  };
}

function sending(sender: string): Method {
  const types = SENDERS[sender]?.contentTypes ?? ["application/json"];
  const integration = {
    type: "AWS",
    integration_http_method: "POST",
    uri: "arn:aws:apigateway:eu-central-1:sqs:path/000000000000/${aws_sqs_queue.hooks.name}",
    credentials: "${aws_iam_role.sender.arn}",
    request_parameters: {
      "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'",
    },
    request_templates: Object.fromEntries(types.map((type) => [type, TEMPLATE])),
  };
  return { verb: "POST", integration };
}

const ECHO: Method = {
  verb: "GET",
  integration: {
    type: "MOCK",
    request_templates: {
      "application/json":
        "#if($input.params('hub.verify_token') == '${var.webhook_verify_token}'){\"statusCode\": 200}#else{\"statusCode\": 403}#end",
    },
  },
  response: {
    response_parameters: { "method.response.header.Content-Type": "'text/plain'" },
    response_templates: { "application/json": "$input.params('hub.challenge')" },
  },
};

function documentOf(senders: readonly string[]): object {
  const methods = senders.flatMap((sender) => [
    [`${sender}_post`, methodOf(sender, sending(sender))] as const,
    ...(sender === "meta" ? [[`${sender}_get`, methodOf(sender, ECHO)] as const] : []),
  ]);
  const byType: Record<string, Record<string, object>> = {};
  for (const [name, resources] of methods) {
    for (const [type, resource] of Object.entries(resources)) (byType[type] ??= {})[name] = resource;
  }
  const trust = {
    Effect: "Allow",
    Principal: { Service: "apigateway.amazonaws.com" },
    Action: "sts:AssumeRole",
  };
  const send = { Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" };
  const policy = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  return {
    provider: { aws: [{ region: "eu-central-1" }] },
    variable: { webhook_verify_token: { type: "string", sensitive: true } },
    resource: {
      ...byType,
      aws_sqs_queue: { hooks: { name: "hooks" } },
      aws_iam_role: { sender: { name: "sender", assume_role_policy: policy(trust) } },
      aws_iam_role_policy: { send: { role: "${aws_iam_role.sender.id}", policy: policy(send) } },
      aws_api_gateway_rest_api: { hooks: { name: "hooks" } },
      aws_api_gateway_resource: Object.fromEntries(
        senders.map((sender) => [
          sender,
          {
            rest_api_id: API,
            parent_id: "${aws_api_gateway_rest_api.hooks.root_resource_id}",
            path_part: sender,
          },
        ]),
      ),
      aws_api_gateway_deployment: { now: { rest_api_id: API } },
      aws_api_gateway_stage: {
        v1: {
          rest_api_id: API,
          deployment_id: "${aws_api_gateway_deployment.now.id}",
          stage_name: "v1",
        },
      },
    },
    output: {
      webhooks: {
        value: Object.fromEntries(
          senders.map((sender) => [
            `/${sender}`,
            { sender, url: `\${aws_api_gateway_stage.v1.invoke_url}/${sender}` },
          ]),
        ),
      },
    },
  };
}

/** A stack `hooks` that takes each sender's deliveries at a path of its own, with Meta's handshake, in a folder of its own. */
export function writeWebhookStack(senders: readonly string[]): { folder: string; remove: () => void } {
  const root = mkdtempSync(path.join(tmpdir(), "webhooks-"));
  const folder = path.join(root, "hooks");
  mkdirSync(folder);
  writeFileSync(path.join(folder, "cdk.tf.json"), JSON.stringify(documentOf(senders)));
  return {
    folder,
    remove: () => {
      rmSync(root, { recursive: true });
    },
  };
}
