/** How the resources of a large stack are written: each as a block of its own, or as the instances of a few blocks. */
export const WRITINGS = ["each a block", "for_each and count"] as const;
export type Writing = (typeof WRITINGS)[number];

type Block = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Block>>;

/** Endpoints of one API, each with a queue and a role of its own. */
const ENDPOINTS = 56;
/** Resources that an API has without its endpoints. */
const SHARED = 4;
/** Resources of one endpoint. */
const PARTS = 9;

/** A configuration in Terraform's JSON, and how many resources it has, instances each for itself. */
export interface LargeStack {
  readonly document: Block;
  readonly resources: number;
}

/** A configuration of at least so many resources. */
export function largeStack(resources: number, writing: Writing): LargeStack {
  const perApi = ENDPOINTS * PARTS + SHARED;
  const count = Math.ceil(resources / perApi);
  const apis = Array.from({ length: count }, (_, index) => `api${index}`);
  const blocks = apis.flatMap((api) => [
    sharedBlocks(api),
    ...(writing === "each a block" ? writtenEndpoints(api) : [repeatedEndpoints(api)]),
  ]);
  const document = { provider: { aws: { region: "eu-central-1" } }, resource: merged(blocks) };
  return { document, resources: count * perApi };
}

/** By type and name; a type may stand in several of them. */
type Resources = Readonly<Record<string, Blocks>>;

function merged(parts: readonly Resources[]): Resources {
  const all: Record<string, Record<string, Block>> = {};
  for (const part of parts) {
    for (const [type, blocks] of Object.entries(part)) Object.assign((all[type] ??= {}), blocks);
  }
  return all;
}

function sharedBlocks(api: string): Resources {
  const rest_api_id = `\${aws_api_gateway_rest_api.${api}.id}`;
  return {
    aws_api_gateway_rest_api: { [api]: { name: api } },
    aws_api_gateway_request_validator: { [api]: { rest_api_id, name: api, validate_request_body: true } },
    aws_api_gateway_deployment: { [api]: { rest_api_id } },
    aws_api_gateway_stage: {
      [api]: {
        rest_api_id,
        stage_name: "prod",
        deployment_id: `\${aws_api_gateway_deployment.${api}.id}`,
      },
    },
  };
}

const TRUST = policy({ Principal: { Service: "apigateway.amazonaws.com" }, Action: "sts:AssumeRole" });

function policy(statement: Block): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
}

function writtenEndpoints(api: string): Resources[] {
  return Array.from({ length: ENDPOINTS }, (_, index) => {
    const name = `${api}_${index}`;
    const parts = endpointParts(api, String(index), (type) => `${type}.${name}`);
    return Object.fromEntries(Object.entries(parts).map(([type, body]) => [type, { [name]: body }]));
  });
}

function repeatedEndpoints(api: string): Resources {
  const keys = JSON.stringify(Array.from({ length: ENDPOINTS }, (_, index) => String(index)));
  const at = (type: string) =>
    `${type}.${api}[${type === "aws_sqs_queue" ? "tonumber(each.key)" : "each.key"}]`;
  const { aws_sqs_queue: queue, ...parts } = endpointParts(api, "${each.key}", at);
  const repeated = Object.entries(parts).map(([type, body]) => [
    type,
    { [api]: { for_each: `\${toset(${keys})}`, ...body } },
  ]);
  const queues = { [api]: { ...queue, count: ENDPOINTS, name: `${api}-\${count.index}` } };
  return { ...(Object.fromEntries(repeated) as Resources), aws_sqs_queue: queues };
}

/** The parts of one endpoint by type. `at` gives what another part is referred to by. */
function endpointParts(api: string, key: string, at: (type: string) => string): Blocks {
  const method = {
    rest_api_id: `\${aws_api_gateway_rest_api.${api}.id}`,
    resource_id: `\${${at("aws_api_gateway_resource")}.id}`,
    http_method: `\${${at("aws_api_gateway_method")}.http_method}`,
  };
  const response = { ...method, status_code: `\${${at("aws_api_gateway_method_response")}.status_code}` };
  const queue = `\${${at("aws_sqs_queue")}.name}`;
  return {
    aws_sqs_queue: { name: `${api}-${key}` },
    aws_api_gateway_resource: {
      rest_api_id: method.rest_api_id,
      parent_id: `\${aws_api_gateway_rest_api.${api}.root_resource_id}`,
      path_part: `orders-${key}`,
    },
    aws_api_gateway_method: {
      ...method,
      http_method: "POST",
      authorization: "NONE",
      request_validator_id: `\${aws_api_gateway_request_validator.${api}.id}`,
    },
    aws_api_gateway_integration: {
      ...method,
      type: "AWS",
      integration_http_method: "POST",
      uri: `arn:aws:apigateway:eu-central-1:sqs:path/000000000000/${queue}`,
      credentials: `\${${at("aws_iam_role")}.arn}`,
      request_parameters: {
        "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'",
      },
      request_templates: {
        "application/json": "Action=SendMessage&MessageBody=$util.urlEncode($input.body)",
      },
    },
    aws_api_gateway_method_response: { ...method, status_code: "200" },
    aws_api_gateway_integration_response: response,
    aws_iam_role: { name: `${api}-${key}`, assume_role_policy: TRUST },
    aws_iam_role_policy: {
      role: `\${${at("aws_iam_role")}.name}`,
      policy: policy({ Action: "sqs:SendMessage", Resource: `\${${at("aws_sqs_queue")}.arn}` }),
    },
    aws_sqs_queue_policy: {
      queue_url: `\${${at("aws_sqs_queue")}.url}`,
      policy: policy({ Principal: "*", Action: "sqs:SendMessage", Resource: "*" }),
    },
  };
}
