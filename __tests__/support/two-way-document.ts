const API = "${aws_api_gateway_rest_api.orders.id}";

const SQS = "arn:aws:apigateway:eu-central-1:sqs:path/123456789012";

const PROTOCOL = {
  "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'",
  "integration.request.header.Accept": "'application/json'",
};

const COUNT =
  "#set($count = \"$!input.params('count')\")#if(!$count.matches('[1-9]|10'))#set($count = '1')#end";

const HANDLE = "&ReceiptHandle=$util.urlEncode($input.params('receiptHandle'))";

const HANDLE_IN_BODY = "&ReceiptHandle=$util.urlEncode($input.path('$.receiptHandle'))";

const VISIBILITY =
  "#set($text = \"$!input.path('$.visibilityTimeout')\")#if(!$text.matches('[0-9]{1,5}'))#set($text = '')#end";

/** What a method sends where, in the order of its verb and path. */
interface Integration {
  readonly resource: string;
  readonly uri: string;
  readonly role: string;
  readonly template?: string;
  readonly more?: object;
  readonly parameters?: object;
  readonly answer: string;
}

const MESSAGES = [
  "#set($found = $input.path('$.ReceiveMessageResponse.ReceiveMessageResult.messages'))",
  '{"messages":[#foreach($message in $found)',
  '{"messageId":"$message.MessageId","receiptHandle":"$message.ReceiptHandle",',
  '"body":"$util.escapeJavaScript($message.Body)"}#if($foreach.hasNext),#end#end],',
  '"requestId":"$context.requestId"}',
].join("");

const DONE = '{"requestId":"$context.requestId"}';

const STORED = '{"key":"$context.extendedRequestId","requestId":"$context.requestId"}';

/** By verb and name of the resource. */
const METHODS: Readonly<Record<string, Integration>> = {
  GET_sqs: {
    resource: "sqs",
    uri: `${SQS}/\${aws_sqs_queue.orders.name}`,
    role: "receive",
    template: `Action=ReceiveMessage${COUNT}&MaxNumberOfMessages=$count`,
    more: { request_parameters: { "method.request.querystring.count": false } },
    answer: MESSAGES,
  },
  DELETE_sqs: {
    resource: "sqs",
    uri: `${SQS}/\${aws_sqs_queue.orders.name}`,
    role: "receive",
    template: `Action=DeleteMessage${HANDLE_IN_BODY}`,
    answer: DONE,
  },
  DELETE_handle: {
    resource: "handle",
    uri: `${SQS}/\${aws_sqs_queue.orders.name}`,
    role: "receive",
    template: `Action=DeleteMessage${HANDLE}`,
    more: { request_parameters: { "method.request.path.receiptHandle": true } },
    answer: DONE,
  },
  POST_visibility: {
    resource: "visibility",
    uri: `${SQS}/\${aws_sqs_queue.orders.name}`,
    role: "receive",
    template: `Action=ChangeMessageVisibility${VISIBILITY}&VisibilityTimeout=$text${HANDLE_IN_BODY}`,
    answer: DONE,
  },
  POST_orders: {
    resource: "orders",
    uri: `${SQS}/{queue}`,
    role: "send",
    parameters: { "integration.request.path.queue": "'orders-low'" },
    template: [
      "Action=SendMessage&MessageBody=$util.urlEncode($input.body)",
      "#if($input.params('X-Priority') == 'high')#set($context.requestOverride.path.queue = 'orders-high')#end",
    ].join(""),
    answer: DONE,
  },
  POST_large: {
    resource: "large",
    uri: "arn:aws:apigateway:eu-central-1:s3:path/${aws_s3_bucket.bodies.bucket}/{key}",
    role: "store",
    parameters: { "integration.request.path.key": "context.extendedRequestId" },
    answer: STORED,
  },
};

function integrationOf(verb: string, { uri, role, template, parameters, resource }: Integration): object {
  const ofSqs = template !== undefined;
  return {
    ...placeOf(verb, resource),
    type: "AWS",
    integration_http_method: ofSqs ? "POST" : "PUT",
    uri,
    credentials: `\${aws_iam_role.${role}.arn}`,
    passthrough_behavior: ofSqs ? "NEVER" : "WHEN_NO_TEMPLATES",
    request_parameters: { ...(ofSqs && PROTOCOL), ...parameters },
    ...(ofSqs && { request_templates: { "application/json": template } }),
  };
}

function placeOf(verb: string, resource: string) {
  return {
    rest_api_id: API,
    resource_id: `\${aws_api_gateway_resource.${resource}.id}`,
    http_method: verb,
  };
}

const ROLES = {
  send: {
    Action: ["sqs:SendMessage"],
    Resource: ["${aws_sqs_queue.orders-low.arn}", "${aws_sqs_queue.orders-high.arn}"],
  },
  receive: {
    Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"],
    Resource: "${aws_sqs_queue.orders.arn}",
  },
  store: { Action: "s3:PutObject", Resource: "${aws_s3_bucket.bodies.arn}/*" },
};

const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "apigateway.amazonaws.com" } },
  ],
});

function plainHttpDenied(resource: string, action: string): object {
  return {
    Effect: "Deny",
    Principal: "*",
    Action: action,
    Resource: resource,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

function queue(name: string): object {
  return {
    name,
    sqs_managed_sse_enabled: true,
    redrive_policy: JSON.stringify({
      deadLetterTargetArn: "${aws_sqs_queue.dead.arn}",
      maxReceiveCount: 5,
    }),
  };
}

function queuePolicy(name: string, ...statements: object[]): object {
  const arn = `\${aws_sqs_queue.${name}.arn}`;
  const Statement = [plainHttpDenied(arn, "sqs:*"), ...statements];
  return {
    queue_url: `\${aws_sqs_queue.${name}.id}`,
    policy: JSON.stringify({ Version: "2012-10-17", Statement }),
  };
}

const BUCKET_EVENTS = {
  Effect: "Allow",
  Principal: { Service: "s3.amazonaws.com" },
  Action: "sqs:SendMessage",
  Resource: "${aws_sqs_queue.orders.arn}",
  Condition: {
    ArnEquals: { "aws:SourceArn": "${aws_s3_bucket.bodies.arn}" },
    StringEquals: { "aws:SourceAccount": "123456789012" },
  },
};

const entries = Object.entries(METHODS).map(([key, method]) => {
  const verb = key.replace(/_.*/, "");
  return { key, verb, method, place: placeOf(verb, method.resource) };
});

function each<Value>(make: (entry: (typeof entries)[number]) => Value): Record<string, Value> {
  return Object.fromEntries(entries.map((entry) => [entry.key, make(entry)]));
}

function responses(answer: (entry: (typeof entries)[number], isDone: boolean) => object): object {
  return Object.fromEntries(
    entries.flatMap((entry) => [
      [`${entry.key}_done`, { ...entry.place, status_code: "200", ...answer(entry, true) }],
      [`${entry.key}_failed`, { ...entry.place, status_code: "500", ...answer(entry, false) }],
    ]),
  );
}

/**
 * A stack as someone writes it by hand: messages are received, deleted and kept by HTTP, sent to one of two queues, and put into a
 * bucket where they are large.
 */
export const TWO_WAY_DOCUMENT = {
  provider: [{ aws: { region: "eu-central-1" } }],
  resource: {
    aws_sqs_queue: {
      orders: queue("orders"),
      "orders-low": queue("orders-low"),
      "orders-high": queue("orders-high"),
      dead: { name: "orders-dlq", sqs_managed_sse_enabled: true },
    },
    aws_sqs_queue_policy: {
      orders: queuePolicy("orders", BUCKET_EVENTS),
      "orders-low": queuePolicy("orders-low"),
      "orders-high": queuePolicy("orders-high"),
      dead: queuePolicy("dead"),
    },
    aws_s3_bucket: { bodies: { bucket: "bodies" } },
    aws_s3_bucket_public_access_block: {
      bodies: {
        bucket: "${aws_s3_bucket.bodies.id}",
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      },
    },
    aws_s3_bucket_server_side_encryption_configuration: {
      bodies: {
        bucket: "${aws_s3_bucket.bodies.id}",
        rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "AES256" }] }],
      },
    },
    aws_s3_bucket_policy: {
      bodies: {
        bucket: "${aws_s3_bucket.bodies.id}",
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [plainHttpDenied("${aws_s3_bucket.bodies.arn}/*", "s3:*")],
        }),
      },
    },
    aws_s3_bucket_lifecycle_configuration: {
      bodies: {
        bucket: "${aws_s3_bucket.bodies.id}",
        rule: [{ id: "expire", status: "Enabled", filter: [{}], expiration: [{ days: 15 }] }],
      },
    },
    aws_s3_bucket_notification: {
      bodies: {
        bucket: "${aws_s3_bucket.bodies.id}",
        queue: [{ queue_arn: "${aws_sqs_queue.orders.arn}", events: ["s3:ObjectCreated:*"] }],
      },
    },
    aws_iam_role: Object.fromEntries(
      Object.keys(ROLES).map((name) => [name, { name, assume_role_policy: TRUST }]),
    ),
    aws_iam_role_policy: Object.fromEntries(
      Object.entries(ROLES).map(([name, statement]) => [
        name,
        {
          role: `\${aws_iam_role.${name}.name}`,
          policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] }),
        },
      ]),
    ),
    aws_api_gateway_rest_api: {
      orders: { name: "orders", binary_media_types: ["application/octet-stream"] },
    },
    aws_api_gateway_resource: Object.fromEntries(
      [
        ["sqs", "${aws_api_gateway_rest_api.orders.root_resource_id}", "sqs"],
        ["handle", "${aws_api_gateway_resource.sqs.id}", "{receiptHandle+}"],
        ["visibility", "${aws_api_gateway_resource.sqs.id}", "visibility"],
        ["large", "${aws_api_gateway_resource.sqs.id}", "large"],
        ["orders", "${aws_api_gateway_rest_api.orders.root_resource_id}", "orders"],
      ].map(
        ([name = "", parent_id, path_part]) => [name, { rest_api_id: API, parent_id, path_part }] as const,
      ),
    ),
    aws_api_gateway_authorizer: {
      token: {
        rest_api_id: API,
        name: "token",
        type: "TOKEN",
        authorizer_uri:
          "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:decide/invocations",
      },
    },
    aws_api_gateway_method: each(({ place, method }) => ({
      ...place,
      authorization: "CUSTOM",
      authorizer_id: "${aws_api_gateway_authorizer.token.id}",
      ...method.more,
    })),
    aws_api_gateway_integration: each(({ verb, method }) => integrationOf(verb, method)),
    aws_api_gateway_method_response: responses(() => ({})),
    aws_api_gateway_integration_response: responses(({ method }, isDone) => ({
      ...(isDone && { selection_pattern: "2\\d{2}" }),
      response_templates: {
        "application/json": isDone ? method.answer : '{"code":"INTERNAL_ERROR"}',
      },
    })),
    aws_api_gateway_deployment: { live: { rest_api_id: API } },
    aws_api_gateway_stage: {
      live: {
        rest_api_id: API,
        deployment_id: "${aws_api_gateway_deployment.live.id}",
        stage_name: "live",
      },
    },
  },
};
