import type { PolicyDocument, PolicyStatement } from "../../aws/policy-document";
import type {
  Integration,
  LambdaAuthorizer,
  Method,
  RestApi,
  StackModel,
  Stage,
} from "../../local/terraform/stack-model";

/** Names that every sample stack uses. */
export const SAMPLE = {
  accountId: "123456789012",
  queueArn: "arn:aws:sqs:eu-central-1:123456789012:orders",
  roleArn: "arn:aws:iam::123456789012:role/integration",
  functionArn: "arn:aws:lambda:eu-central-1:123456789012:function:authorizer",
  executionArn: "arn:aws:execute-api:eu-central-1:123456789012:api1",
};

export function policy(...statements: readonly PolicyStatement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

export function sampleIntegration(changes: Partial<Integration> = {}): Integration {
  return {
    address: "aws_api_gateway_integration.Post",
    type: "AWS",
    uri: "arn:aws:apigateway:eu-central-1:sqs:path/123456789012/orders",
    httpMethod: "POST",
    credentials: SAMPLE.roleArn,
    requestParameters: { "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'" },
    requestTemplates: { "application/json": "Action=SendMessage&MessageBody=$util.urlEncode($input.body)" },
    passthroughBehavior: "NEVER",
    timeoutInMillis: 29_000,
    responses: [
      {
        address: "aws_api_gateway_integration_response.Ok",
        statusCode: "200",
        responseParameters: {},
        responseTemplates: {},
      },
    ],
    ...changes,
  };
}

/** Every integration response has its method response. */
export function sampleMethod(changes: Partial<Method> = {}): Method {
  const integration = changes.integration ?? sampleIntegration();
  return {
    address: "aws_api_gateway_method.Post",
    httpMethod: "POST",
    authorizationType: changes.authorizer === undefined ? "NONE" : "CUSTOM",
    authorizationScopes: [],
    apiKeyRequired: false,
    requestParameters: {},
    requestModels: {},
    methodResponses: Object.fromEntries(
      integration.responses.map(({ statusCode }) => [
        statusCode,
        { statusCode, responseParameters: {}, responseModels: {} },
      ]),
    ),
    integration,
    ...changes,
  };
}

export function sampleAuthorizer(changes: Partial<LambdaAuthorizer> = {}): LambdaAuthorizer {
  return {
    address: "aws_api_gateway_authorizer.Token",
    id: "auth1",
    name: "token",
    type: "TOKEN",
    functionArn: SAMPLE.functionArn,
    identitySources: ["method.request.header.Authorization"],
    resultTtlInSeconds: 300,
    ...changes,
  };
}

export function sampleStage(changes: Partial<Stage> = {}): Stage {
  return {
    address: "aws_api_gateway_stage.Prod",
    name: "prod",
    deploymentId: "deployment1",
    variables: {},
    methodSettings: {},
    ...changes,
  };
}

/** An API with one resource, `/orders`. */
export function sampleApi(method: Method = sampleMethod(), changes: Partial<RestApi> = {}): RestApi {
  return {
    address: "aws_api_gateway_rest_api.Api",
    id: "api1",
    name: "orders",
    region: "eu-central-1",
    accountId: SAMPLE.accountId,
    partition: "aws",
    apiKeySource: "HEADER",
    binaryMediaTypes: [],
    resources: [
      {
        address: "aws_api_gateway_resource.Orders",
        id: "resource1",
        path: "/orders",
        methods: { [method.httpMethod]: method },
      },
    ],
    stages: [sampleStage()],
    models: {},
    gatewayResponses: {},
    usagePlans: [],
    ...changes,
  };
}

/** A queue, a role that may send to it, and a permission for the authorizer. */
export function sampleStack(api: RestApi = sampleApi(), changes: Partial<StackModel> = {}): StackModel {
  return {
    name: "orders-stack",
    restApis: [api],
    queues: [
      {
        address: "aws_sqs_queue.Orders",
        name: "orders",
        arn: SAMPLE.queueArn,
        url: "https://sqs.eu-central-1.amazonaws.com/123456789012/orders",
        attributes: {},
      },
    ],
    roles: [
      {
        address: "aws_iam_role.Integration",
        arn: SAMPLE.roleArn,
        assumeRolePolicy: policy({
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { Service: "apigateway.amazonaws.com" },
        }),
        policies: [policy({ Effect: "Allow", Action: "sqs:SendMessage", Resource: SAMPLE.queueArn })],
      },
    ],
    lambdaFunctions: [],
    eventSourceMappings: () => [],
    notes: () => [],
    buckets: [],
    lambdaPermissions: [
      {
        address: "aws_lambda_permission.Authorizer",
        action: "lambda:InvokeFunction",
        functionName: "authorizer",
        principal: "apigateway.amazonaws.com",
        sourceArn: `${SAMPLE.executionArn}/authorizers/auth1`,
      },
    ],
    ...changes,
  };
}
