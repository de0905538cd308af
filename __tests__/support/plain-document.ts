const API = "${aws_api_gateway_rest_api.orders.id}";
const ROOT = "${aws_api_gateway_rest_api.orders.root_resource_id}";

/** A stack as someone writes it by hand: lists for blocks, `count`, `for_each`, locals, and all of a REST API's parts. */
export const PLAIN_DOCUMENT = {
  provider: [{ aws: { region: "eu-central-1", max_retries: 2 } }],
  variable: [{ channels: [{ type: "list(string)", default: ["web", "shop"] }] }],
  locals: [
    { prefix: "ql", names: { for: "${[for channel in var.channels : upper(channel)]}" } },
    { stage: '${lookup({ default = "v1" }, terraform.workspace, "v0")}' },
  ],
  data: [
    { aws_caller_identity: { me: {} } },
    { aws_region: { here: [{}] } },
    {
      aws_iam_policy_document: {
        trust: {
          statement: {
            actions: ["sts:AssumeRole"],
            principals: { type: "Service", identifiers: ["apigateway.amazonaws.com"] },
          },
        },
      },
    },
  ],
  resource: [
    {
      aws_sqs_queue: {
        channel: [
          {
            for_each: "${toset(var.channels)}",
            name: "${local.prefix}-${each.key}",
            receive_wait_time_seconds: 5,
          },
        ],
        fifo: { name: "${local.prefix}.fifo", fifo_queue: true, content_based_deduplication: true },
      },
      aws_sqs_queue_policy: {
        web: {
          queue_url: '${aws_sqs_queue.channel["web"].url}',
          policy:
            '${jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "sqs:*", Resource = aws_sqs_queue.channel["web"].arn, Condition = { Bool = { "aws:SecureTransport" = "false" } } }] })}',
        },
      },
      aws_sqs_queue_redrive_allow_policy: {
        fifo: {
          queue_url: "${aws_sqs_queue.fifo.id}",
          redrive_allow_policy: '${jsonencode({ redrivePermission = "denyAll" })}',
        },
      },
    },
    {
      aws_iam_role: {
        sender: {
          name: "${local.prefix}-sender",
          path: "/apis/",
          assume_role_policy: "${data.aws_iam_policy_document.trust.json}",
          inline_policy: [
            {
              name: "web",
              policy:
                '${jsonencode({ Version = "2012-10-17", Statement = { Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.channel["web"].arn } })}',
            },
          ],
        },
        unrelated: { name: "unrelated", assume_role_policy: "${data.aws_iam_policy_document.trust.json}" },
      },
      aws_iam_policy: {
        shop: {
          name: "shop",
          policy:
            '${jsonencode({ Version = "2012-10-17", Statement = { Effect = "Allow", Action = "sqs:SendMessage", Resource = values(aws_sqs_queue.channel)[*].arn } })}',
        },
      },
      aws_iam_role_policy_attachment: {
        shop: { role: "${aws_iam_role.sender.name}", policy_arn: "${aws_iam_policy.shop.arn}" },
      },
    },
    {
      aws_api_gateway_rest_api: {
        orders: { name: "orders", binary_media_types: ["image/png"], api_key_source: "HEADER" },
      },
      aws_api_gateway_resource: {
        orders: { rest_api_id: API, parent_id: ROOT, path_part: "orders" },
        order: { rest_api_id: API, parent_id: "${aws_api_gateway_resource.orders.id}", path_part: "{id}" },
        rest: { rest_api_id: API, parent_id: ROOT, path_part: "{proxy+}" },
      },
      aws_api_gateway_authorizer: {
        request: {
          rest_api_id: API,
          name: "request",
          type: "REQUEST",
          authorizer_uri:
            "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:auth:live/invocations",
          identity_source: "method.request.header.X-Token, method.request.querystring.key",
          authorizer_result_ttl_in_seconds: 0,
          authorizer_credentials: "${aws_iam_role.sender.arn}",
        },
      },
      aws_api_gateway_request_validator: {
        all: {
          rest_api_id: API,
          name: "all",
          validate_request_body: true,
          validate_request_parameters: true,
        },
      },
      aws_api_gateway_model: {
        order: {
          rest_api_id: API,
          name: "Order",
          content_type: "application/json",
          schema: '${jsonencode({ type = "object", required = ["id"] })}',
        },
      },
      aws_api_gateway_method: {
        post: {
          rest_api_id: API,
          resource_id: "${aws_api_gateway_resource.order.id}",
          http_method: "POST",
          authorization: "CUSTOM",
          authorizer_id: "${aws_api_gateway_authorizer.request.id}",
          api_key_required: true,
          request_validator_id: "${aws_api_gateway_request_validator.all.id}",
          request_models: { "application/json": "${aws_api_gateway_model.order.name}" },
          request_parameters: { "method.request.path.id": true, "method.request.header.X-Trace": false },
        },
        any: {
          rest_api_id: API,
          resource_id: "${aws_api_gateway_resource.rest.id}",
          http_method: "ANY",
          authorization: "NONE",
        },
      },
      aws_api_gateway_method_response: {
        responses: {
          count: 2,
          rest_api_id: API,
          resource_id: "${aws_api_gateway_method.post.resource_id}",
          http_method: "${aws_api_gateway_method.post.http_method}",
          status_code: "${element([200, 500], count.index)}",
          response_parameters: { "method.response.header.Retry-After": true },
        },
      },
      aws_api_gateway_integration: {
        send: {
          rest_api_id: API,
          resource_id: "${aws_api_gateway_method.post.resource_id}",
          http_method: "${aws_api_gateway_method.post.http_method}",
          type: "AWS",
          integration_http_method: "POST",
          uri: "arn:aws:apigateway:${data.aws_region.here.name}:sqs:action/SendMessage",
          credentials: "${aws_iam_role.sender.arn}",
          timeout_milliseconds: 5000,
          content_handling: "CONVERT_TO_TEXT",
          request_parameters: { "integration.request.header.X-Id": "method.request.path.id" },
          request_templates: {
            "application/json":
              '{"QueueUrl":"${aws_sqs_queue.channel["web"].url}","Literal":"$${stageVariables.x}"}',
          },
        },
        mock: {
          rest_api_id: API,
          resource_id: "${aws_api_gateway_method.any.resource_id}",
          http_method: "${aws_api_gateway_method.any.http_method}",
          type: "MOCK",
          request_templates: { "application/json": '{"statusCode": 200}' },
        },
      },
      aws_api_gateway_integration_response: {
        responses: {
          count: "${length(aws_api_gateway_method_response.responses)}",
          rest_api_id: API,
          resource_id: "${aws_api_gateway_integration.send.resource_id}",
          http_method: "${aws_api_gateway_integration.send.http_method}",
          status_code: "${aws_api_gateway_method_response.responses[count.index].status_code}",
          selection_pattern: '${count.index == 0 ? "2.." : null}',
          response_parameters: { "method.response.header.Retry-After": "'1'" },
          response_templates: { "application/json": "{}" },
        },
      },
      aws_api_gateway_gateway_response: {
        unauthorized: {
          rest_api_id: API,
          response_type: "UNAUTHORIZED",
          status_code: 401,
          response_templates: { "application/json": '{"message":$context.error.messageString}' },
          response_parameters: { "gatewayresponse.header.X-Why": "'token'" },
        },
      },
      aws_api_gateway_deployment: {
        now: {
          rest_api_id: API,
          triggers: { all: "${sha1(jsonencode([aws_api_gateway_integration.send, plantimestamp()]))}" },
          depends_on: ["aws_api_gateway_integration.mock"],
        },
      },
      aws_api_gateway_stage: {
        stage: {
          rest_api_id: API,
          deployment_id: "${aws_api_gateway_deployment.now.id}",
          stage_name: "${local.stage}",
          variables: { x: "1" },
        },
      },
      aws_api_gateway_method_settings: {
        all: {
          rest_api_id: API,
          stage_name: "${aws_api_gateway_stage.stage.stage_name}",
          method_path: "*/*",
          settings: { throttling_rate_limit: 10, throttling_burst_limit: 20 },
        },
      },
      aws_api_gateway_api_key: { customer: { name: "customer", value: "0123456789abcdefghij" } },
      aws_api_gateway_usage_plan: {
        basic: {
          name: "basic",
          api_stages: [{ api_id: API, stage: "${aws_api_gateway_stage.stage.stage_name}" }],
          throttle_settings: { burst_limit: 4, rate_limit: 2.5 },
          quota_settings: [{ limit: 100, period: "WEEK", offset: 1 }],
        },
      },
      aws_api_gateway_usage_plan_key: {
        customer: {
          key_id: "${aws_api_gateway_api_key.customer.id}",
          key_type: "API_KEY",
          usage_plan_id: "${aws_api_gateway_usage_plan.basic.id}",
        },
      },
      aws_lambda_permission: {
        auth: {
          action: "lambda:InvokeFunction",
          function_name: "auth",
          qualifier: "live",
          principal: "apigateway.amazonaws.com",
          source_account: "${data.aws_caller_identity.me.account_id}",
        },
      },
      aws_cloudwatch_log_group: { logs: { name: "${timestamp()}" } },
    },
  ],
};
