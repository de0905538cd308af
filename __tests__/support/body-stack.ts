const API = "${aws_api_gateway_rest_api.Api.id}";

/** ARN of the role that {@link bodyStack} makes for integrations. */
const ROLE_ARN = "arn:aws:iam::000000000000:role/api";

/** Terraform JSON of a stage over a REST API with a body, a queue `orders`, and a role that may send to it. */
export function bodyStack(body: string, api: object = {}, more: object = {}): Record<string, unknown> {
  const policy = (statement: object) =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
  const Principal = { Service: "apigateway.amazonaws.com" };
  return {
    provider: { aws: { region: "eu-central-1" } },
    resource: {
      aws_sqs_queue: { q: { name: "orders" } },
      aws_iam_role: {
        api: { name: "api", assume_role_policy: policy({ Action: "sts:AssumeRole", Principal }) },
      },
      aws_iam_role_policy: {
        send: {
          role: "${aws_iam_role.api.id}",
          policy: policy({ Action: "sqs:SendMessage", Resource: "${aws_sqs_queue.q.arn}" }),
        },
      },
      aws_api_gateway_rest_api: { Api: { name: "orders", body: literal(body), ...api } },
      aws_api_gateway_deployment: { Api: { rest_api_id: API } },
      aws_api_gateway_stage: {
        v1: {
          rest_api_id: API,
          deployment_id: "${aws_api_gateway_deployment.Api.id}",
          stage_name: "v1",
        },
      },
      ...more,
    },
  };
}

/** Text as Terraform JSON holds it: nothing in it is an expression. */
export function literal(text: string): string {
  return text.replaceAll(/[$%]\{/g, (opening) => opening.charAt(0) + opening);
}

/** An integration that sends the request's body to the queue of {@link bodyStack}. */
export const SEND_TO_QUEUE = {
  type: "aws",
  httpMethod: "POST",
  uri: "arn:aws:apigateway:eu-central-1:sqs:path/000000000000/orders",
  credentials: ROLE_ARN,
  passthroughBehavior: "never",
  requestParameters: {
    "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'",
  },
  requestTemplates: { "application/json": "Action=SendMessage&MessageBody=$util.urlEncode($input.body)" },
  responses: {
    default: { statusCode: "500" },
    "2\\d{2}": { statusCode: 200, responseTemplates: { "application/json": '{"sent":true}' } },
  },
};
