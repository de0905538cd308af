import type { Place } from "../../aws/arn";
import type { PolicyDocument } from "../../aws/policy-document";
import type { Bucket } from "./model/bucket";
import type { EventSourceMapping } from "./model/event-source-mapping";
import type { LambdaFunction } from "./model/lambda-function";
import type { LambdaPermission } from "./model/lambda-permission";
import type { Queue } from "./model/queue";
import type { Role } from "./model/role";
import type { UsagePlan } from "./model/usage-plan";

/**
 * What the local gateway knows of one Terraform stack: its REST APIs and the resources that decide how they answer.
 * Names and defaults are those of API Gateway's own API (camel case), whatever Terraform calls them.
 * Every string is fully resolved: no `${…}` is left, except stage variables, which API Gateway itself resolves.
 */
export interface StackModel {
  /** Name of the stack: the folder of its `cdk.tf.json`, or the name that the caller gave. */
  readonly name: string;
  readonly restApis: readonly RestApi[];
  readonly queues: readonly Queue[];
  /** Those of S3 with whose objects an integration works. */
  readonly buckets: readonly Bucket[];
  /** Those that an integration or an authorizer names as its credentials. */
  readonly roles: readonly Role[];
  readonly lambdaPermissions: readonly LambdaPermission[];
  /** Those that an authorizer asks. */
  readonly lambdaFunctions: readonly LambdaFunction[];
  /** Those that read a queue: worked out when a consumer is to run, since their functions may need what can't be known. Throws `StackError`. */
  readonly eventSourceMappings: () => readonly EventSourceMapping[];
  /** What of the stack is passed over, or taken otherwise than its author may think: one line each. */
  readonly notes: () => readonly string[];
}

export interface RestApi {
  /** Terraform address, such as `aws_api_gateway_rest_api.Api`: every message to the user names it. */
  readonly address: string;
  readonly id: string;
  /** The id that AWS gave it, or will know it by; absent where it gives one with the first apply: `id` is made up then. */
  readonly idOnAws?: string;
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  readonly apiKeySource: "HEADER" | "AUTHORIZER";
  readonly binaryMediaTypes: readonly string[];
  /** Resource policy. */
  readonly policy?: PolicyDocument;
  /** Of a private API: the VPC endpoints that it names. */
  readonly vpcEndpointIds?: readonly string[];
  /** Is the URL below `execute-api` closed? */
  readonly isEndpointDisabled?: boolean;
  /** Custom domains that lead to it. */
  readonly domains?: readonly DomainMapping[];
  readonly resources: readonly Resource[];
  readonly stages: readonly Stage[];
  /** JSON Schema text by model name, AWS's own `Empty` and `Error` included. */
  readonly models: Readonly<Record<string, string>>;
  /** By response type, such as `UNAUTHORIZED` or `DEFAULT_4XX`. */
  readonly gatewayResponses: Readonly<Record<string, GatewayResponse>>;
  readonly usagePlans: readonly UsagePlan[];
}

/** A base path of a custom domain that leads to a REST API. */
export interface DomainMapping {
  readonly domainName: string;
  /** First part of the path; empty where the API has the whole domain. */
  readonly basePath: string;
  /** Name of the stage; absent: the next part of the path. */
  readonly stage?: string;
  /** Address of the domain whose callers have to show a certificate. */
  readonly mutualTls?: string;
}

export interface Resource {
  readonly address: string;
  readonly id: string;
  /** Full path, such as `/orders/{id}` or `/{proxy+}`; `/` for the root. */
  readonly path: string;
  /** Name of the sender of webhooks whose deliveries it takes, as the stack's output `webhooks` tells: anybody's word. */
  readonly sender?: string;
  /** By HTTP verb or `ANY`. */
  readonly methods: Readonly<Record<string, Method>>;
}

export interface Method {
  readonly address: string;
  readonly httpMethod: string;
  readonly authorizationType: "NONE" | "AWS_IAM" | "CUSTOM" | "COGNITO_USER_POOLS";
  /** Of the methods of type CUSTOM and COGNITO_USER_POOLS. */
  readonly authorizer?: Authorizer;
  /** One of them must be in the access token; without any, callers send the ID token. */
  readonly authorizationScopes: readonly string[];
  readonly apiKeyRequired: boolean;
  readonly operationName?: string;
  /** `method.request.{header|querystring|path}.<name>` → is it required? */
  readonly requestParameters: Readonly<Record<string, boolean>>;
  /** Model name by MIME type. */
  readonly requestModels: Readonly<Record<string, string>>;
  readonly requestValidator?: RequestValidator;
  /** By status code, as text. */
  readonly methodResponses: Readonly<Record<string, MethodResponse>>;
  readonly integration: Integration;
}

export interface RequestValidator {
  readonly validateRequestBody: boolean;
  readonly validateRequestParameters: boolean;
}

export interface MethodResponse {
  readonly statusCode: string;
  /** `method.response.header.<name>` → declared. */
  readonly responseParameters: Readonly<Record<string, boolean>>;
  readonly responseModels: Readonly<Record<string, string>>;
}

export interface Integration {
  readonly address: string;
  readonly type: "AWS" | "AWS_PROXY" | "HTTP" | "HTTP_PROXY" | "MOCK";
  /** Why the gateway can't call it, as half a sentence; requests that get to it are answered 500. */
  readonly notServed?: string;
  /** Read by `sqs-target.ts`, `s3-target.ts` and `lambda-uri.ts`; empty for MOCK. */
  readonly uri: string;
  readonly httpMethod: string;
  /** ARN of the role that API Gateway assumes to call the backend. */
  readonly credentials?: string;
  readonly requestParameters: Readonly<Record<string, string>>;
  /** Mapping template by MIME type. */
  readonly requestTemplates: Readonly<Record<string, string>>;
  readonly passthroughBehavior: "WHEN_NO_MATCH" | "WHEN_NO_TEMPLATES" | "NEVER";
  readonly contentHandling?: "CONVERT_TO_TEXT" | "CONVERT_TO_BINARY";
  /** Milliseconds, 50 to 29,000, or more where AWS raised the account's quota; default 29,000. */
  readonly timeoutInMillis: number;
  readonly responses: readonly IntegrationResponse[];
}

export interface IntegrationResponse {
  readonly address: string;
  readonly statusCode: string;
  /** Regular expression over the backend's HTTP status; absent or empty: the default response. */
  readonly selectionPattern?: string;
  /** `method.response.header.<name>` → mapping expression. */
  readonly responseParameters: Readonly<Record<string, string>>;
  /** Mapping template by MIME type. */
  readonly responseTemplates: Readonly<Record<string, string>>;
  readonly contentHandling?: "CONVERT_TO_TEXT" | "CONVERT_TO_BINARY";
}

/** What every kind of authorizer has. */
interface AuthorizerBase {
  readonly address: string;
  readonly id: string;
  readonly name: string;
  /** Mapping expressions, such as `method.request.header.Authorization`, in order. */
  readonly identitySources: readonly string[];
  readonly identityValidationExpression?: string;
}

export interface LambdaAuthorizer extends AuthorizerBase {
  readonly type: "TOKEN" | "REQUEST";
  /** ARN of the Lambda function in `authorizerUri`, with its version or alias if it names one. */
  readonly functionArn: string;
  /** ARN of the role that API Gateway assumes to invoke the function, instead of a Lambda permission. */
  readonly credentials?: string;
  /** Seconds; 0 switches the cache off; default 300. */
  readonly resultTtlInSeconds: number;
}

export interface CognitoAuthorizer extends AuthorizerBase {
  readonly type: "COGNITO_USER_POOLS";
  readonly userPools: readonly UserPool[];
}

/** A user pool of Amazon Cognito. */
export interface UserPool extends Pick<Place, "region"> {
  /** Such as `eu-central-1_aB3dE5fG7`. */
  readonly id: string;
}

export type Authorizer = LambdaAuthorizer | CognitoAuthorizer;

export interface GatewayResponse {
  readonly address: string;
  readonly responseType: string;
  /** Absent: the default of the response type. */
  readonly statusCode?: string;
  readonly responseParameters: Readonly<Record<string, string>>;
  readonly responseTemplates: Readonly<Record<string, string>>;
}

export interface Stage {
  readonly address: string;
  readonly name: string;
  readonly deploymentId: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Its canary release. */
  readonly canary?: Canary;
  /** May its deployment have frozen something else than the API that the stack has now? */
  readonly isHeld?: boolean;
  /** The API that its deployment froze, where that is known. */
  readonly baseline?: RestApi;
  /** Throttling by method path as in `aws_api_gateway_method_settings`: `*​/*`, or `orders/{id}/POST`. */
  readonly methodSettings: Readonly<Record<string, MethodSettings>>;
  /** Address of the association with a web ACL of WAF. */
  readonly webAcl?: string;
  /** What a line of its access log is made of; absent: it has none. */
  readonly accessLogFormat?: string;
  /** Is X-Ray on? */
  readonly isTraced?: boolean;
}

/** A second deployment of a stage, which answers some of the requests. */
export interface Canary {
  readonly deploymentId: string;
  /** 0 to 100. */
  readonly percentTraffic: number;
  /** Replace the stage's variables of these names, and add to them. */
  readonly stageVariableOverrides: Readonly<Record<string, string>>;
}

export interface MethodSettings {
  /** Requests per second; absent: not limited by the method. */
  readonly throttlingRateLimit?: number;
  readonly throttlingBurstLimit?: number;
}
