/** A stack as CDK for Terraform writes it: one POST to a queue behind a token authorizer. */
export const CDKTF_DOCUMENT = {
  "//": {
    metadata: { backend: "local", stackName: "auth-stack", version: "0.21.0" },
    outputs: { "auth-stack": {} },
  },
  provider: { aws: [{ region: "${var.aws_region_name}" }] },
  terraform: { required_providers: { aws: { source: "aws", version: ">= 5.100.0" } } },
  variable: {
    aws_region_name: { default: "eu-west-1", type: "string" },
    storage_sqs_queue_name: { default: "orders", type: "string", validation: [{ condition: "${nonsense(" }] },
    authorizer_lambda_arn: { type: "string" },
  },
  data: {
    aws_caller_identity: { Account: {} },
    aws_partition: { Partition: {} },
    aws_iam_policy_document: {
      Send: {
        statement: [{ actions: ["sqs:SendMessage"], resources: ["${aws_sqs_queue.Queue.arn}"] }],
      },
    },
  },
  resource: {
    aws_sqs_queue: {
      Queue: {
        "//": { metadata: { path: "auth-stack/Queue", uniqueId: "Queue" } },
        kms_master_key_id: "alias/aws/sqs",
        name: "${var.storage_sqs_queue_name}",
        redrive_policy:
          '${jsonencode({"deadLetterTargetArn" = aws_sqs_queue.Dead.arn, "maxReceiveCount" = 3})}',
        visibility_timeout_seconds: 45,
      },
      Dead: { name: "${var.storage_sqs_queue_name}-dlq", message_retention_seconds: 1209600 },
    },
    aws_iam_role: {
      Role: {
        assume_role_policy:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"apigateway.amazonaws.com"},"Action":"sts:AssumeRole"}]}',
        name: "sender",
      },
    },
    aws_iam_role_policy: {
      Policy: { policy: "${data.aws_iam_policy_document.Send.json}", role: "${aws_iam_role.Role.name}" },
    },
    aws_lambda_permission: {
      Permission: {
        action: "lambda:InvokeFunction",
        function_name: "${var.authorizer_lambda_arn}",
        principal: "apigateway.amazonaws.com",
        source_arn:
          "${aws_api_gateway_rest_api.Api.execution_arn}/authorizers/${aws_api_gateway_authorizer.Authorizer.id}",
      },
    },
    aws_api_gateway_rest_api: {
      Api: { name: "auth-stack", endpoint_configuration: { types: ["REGIONAL"] } },
    },
    aws_api_gateway_resource: {
      Sqs: {
        parent_id: "${aws_api_gateway_rest_api.Api.root_resource_id}",
        path_part: "sqs",
        rest_api_id: "${aws_api_gateway_rest_api.Api.id}",
      },
    },
    aws_api_gateway_authorizer: {
      Authorizer: {
        authorizer_uri:
          "arn:${data.aws_partition.Partition.partition}:apigateway:${var.aws_region_name}:lambda:path/2015-03-31/functions/${var.authorizer_lambda_arn}/invocations",
        name: "token",
        rest_api_id: "${aws_api_gateway_rest_api.Api.id}",
        type: "TOKEN",
      },
    },
    aws_api_gateway_method: {
      Post: {
        authorization: "CUSTOM",
        authorizer_id: "${aws_api_gateway_authorizer.Authorizer.id}",
        http_method: "POST",
        resource_id: "${aws_api_gateway_resource.Sqs.id}",
        rest_api_id: "${aws_api_gateway_rest_api.Api.id}",
      },
    },
    aws_api_gateway_method_response: {
      Ok: {
        http_method: "${aws_api_gateway_method.Post.http_method}",
        resource_id: "${aws_api_gateway_resource.Sqs.id}",
        response_parameters: { "method.response.header.Retry-After": false },
        rest_api_id: "${aws_api_gateway_rest_api.Api.id}",
        status_code: "200",
      },
    },
    aws_api_gateway_integration: {
      Send: {
        credentials: "${aws_iam_role.Role.arn}",
        http_method: "${aws_api_gateway_method.Post.http_method}",
        integration_http_method: "POST",
        passthrough_behavior: "NEVER",
        request_parameters: {
          "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'",
        },
        request_templates: {
          "application/json": "Action=SendMessage&MessageBody=$util.urlEncode($input.body)",
        },
        resource_id: "${aws_api_gateway_resource.Sqs.id}",
        rest_api_id: "${aws_api_gateway_rest_api.Api.id}",
        type: "AWS",
        uri: "arn:${data.aws_partition.Partition.partition}:apigateway:${var.aws_region_name}:sqs:path/${data.aws_caller_identity.Account.account_id}/${aws_sqs_queue.Queue.name}",
      },
    },
    aws_api_gateway_integration_response: {
      Ok: {
        depends_on: ["aws_api_gateway_integration.Send"],
        http_method: "${aws_api_gateway_method.Post.http_method}",
        resource_id: "${aws_api_gateway_resource.Sqs.id}",
        rest_api_id: "${aws_api_gateway_rest_api.Api.id}",
        selection_pattern: "2\\d{2}",
        status_code: "${aws_api_gateway_method_response.Ok.status_code}",
      },
    },
    aws_api_gateway_deployment: {
      Deployment: {
        lifecycle: { create_before_destroy: true },
        rest_api_id: "${aws_api_gateway_rest_api.Api.id}",
        triggers: { redeployment: "${unknownfunction(aws_api_gateway_method.Post)}" },
      },
    },
    aws_api_gateway_stage: {
      Prod: {
        deployment_id: "${aws_api_gateway_deployment.Deployment.id}",
        rest_api_id: "${aws_api_gateway_rest_api.Api.id}",
        stage_name: "prod",
      },
    },
    aws_cloudwatch_log_group: { Logs: { name: "${uuid()}" } },
  },
  output: { url: { value: "${aws_api_gateway_stage.Prod.invoke_url}" } },
};
