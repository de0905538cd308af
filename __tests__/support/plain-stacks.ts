import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type RunningGateway, startGateway } from "../../local/server/start-gateway";

/** What differs between the stacks of a test. */
export interface PlainStack {
  /** @default "us-east-1" */
  readonly region?: string;
  /** Attributes of the integration in addition. */
  readonly integration?: object;
  readonly stage?: object;
  /** @default the root */
  readonly pathPart?: string;
}

const API = "${aws_api_gateway_rest_api.a.id}";

/** A policy that allows each of these, as text. */
export function allowing(...statements: object[]): string {
  const all = statements.map((statement) => ({ Effect: "Allow", ...statement }));
  return JSON.stringify({ Version: "2012-10-17", Statement: all });
}

/** A role that API Gateway may assume. */
export const GATEWAYS_ROLE = {
  name: "r",
  assume_role_policy: allowing({
    Action: "sts:AssumeRole",
    Principal: { Service: "apigateway.amazonaws.com" },
  }),
};

/** A stack as plain Terraform users write them: POST to a queue that has the stack's name, with nothing around it. */
export function plainStack(name: string, stack: PlainStack = {}) {
  const { region = "us-east-1", pathPart } = stack;
  const resource_id =
    pathPart === undefined
      ? "${aws_api_gateway_rest_api.a.root_resource_id}"
      : "${aws_api_gateway_resource.r.id}";
  const method = { rest_api_id: API, resource_id, http_method: "POST" };
  return {
    provider: { aws: { region } },
    data: { aws_partition: { here: {} }, aws_caller_identity: { me: {} } },
    resource: {
      aws_sqs_queue: { q: { name } },
      aws_iam_role: { r: GATEWAYS_ROLE },
      aws_iam_role_policy: {
        p: {
          role: "${aws_iam_role.r.id}",
          policy: allowing({ Action: "sqs:SendMessage", Resource: "${aws_sqs_queue.q.arn}" }),
        },
      },
      aws_api_gateway_rest_api: { a: { name: "a" } },
      ...(pathPart !== undefined && {
        aws_api_gateway_resource: {
          r: {
            rest_api_id: API,
            parent_id: "${aws_api_gateway_rest_api.a.root_resource_id}",
            path_part: pathPart,
          },
        },
      }),
      aws_api_gateway_method: {
        m: {
          ...method,
          authorization: "NONE",
          ...(pathPart !== undefined && { request_parameters: { "method.request.path.queue": true } }),
        },
      },
      aws_api_gateway_integration: {
        i: {
          ...method,
          type: "AWS",
          integration_http_method: "POST",
          credentials: "${aws_iam_role.r.arn}",
          uri: `arn:\${data.aws_partition.here.partition}:apigateway:${region}:sqs:path/\${data.aws_caller_identity.me.account_id}/\${aws_sqs_queue.q.name}`,
          request_templates: {
            "application/json": "Action=SendMessage&MessageBody=$util.urlEncode($input.body)",
          },
          ...stack.integration,
          request_parameters: {
            "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'",
            ...(stack.integration as { request_parameters?: object } | undefined)?.request_parameters,
          },
        },
      },
      aws_api_gateway_method_response: { ok: { ...method, status_code: "200" } },
      aws_api_gateway_integration_response: {
        ok: { ...method, status_code: "200", selection_pattern: "2\\d{2}" },
      },
      aws_api_gateway_deployment: { d: { rest_api_id: API } },
      aws_api_gateway_stage: {
        s: {
          rest_api_id: API,
          deployment_id: "${aws_api_gateway_deployment.d.id}",
          stage_name: "dev",
          ...stack.stage,
        },
      },
    },
  };
}

/** Several plain stacks, served together. */
export class PlainStacks {
  private constructor(
    private readonly folder: string,
    private readonly gateway: RunningGateway,
  ) {}

  public static async start(stacks: Readonly<Record<string, PlainStack>>): Promise<PlainStacks> {
    const folder = mkdtempSync(path.join(tmpdir(), "plain-stacks-"));
    const paths = Object.entries(stacks).map(([name, stack]) => {
      mkdirSync(path.join(folder, name));
      writeFileSync(path.join(folder, name, "main.tf.json"), JSON.stringify(plainStack(name, stack)));
      return path.join(folder, name);
    });
    return new PlainStacks(folder, await startGateway({ stacks: paths }));
  }

  /** POSTs to a stack's method; `lastSegment` replaces that of its URL. */
  public async post(name: string, body: string, lastSegment?: string): Promise<Response> {
    const url = this.gateway.stacks.find(({ stack }) => stack === name)?.url ?? "";
    return fetch(lastSegment === undefined ? url : url.replace(/[^/]*$/, lastSegment), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
    });
  }

  /** Bodies of the messages in a stack's queue. */
  public async received(queueName: string): Promise<(string | undefined)[]> {
    const client = new SQSClient({
      endpoint: this.gateway.sqsEndpoint,
      region: "us-east-1",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    });
    const QueueUrl = `${this.gateway.sqsEndpoint}/000000000000/${queueName}`;
    const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
    client.destroy();
    return Messages.map(({ Body }) => Body);
  }

  public async close(): Promise<void> {
    await this.gateway.close();
    rmSync(this.folder, { recursive: true });
  }
}
