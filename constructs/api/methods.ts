import { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { Construct } from "constructs";
import * as v from "valibot";
import { batchResponseTemplate } from "../../mapping/batch-response-template";
import { errorTemplate } from "../../mapping/error-template";
import { batchSchema, sendMessageBatchTemplate } from "../../mapping/send-message-batch-template";
import type { Authorization } from "../authorizer/authorization";
import type { AwsLocation } from "../aws-location";
import type { TargetQueue } from "../queue/target-queue";
import { flag } from "../schema";
import { type Checked, type Only, part } from "../setting";
import { CORS_SETTINGS, crossOrigin } from "./cors";
import { CorsPreflight } from "./cors-preflight";
import { MESSAGE_SETTINGS, requestTemplates, sentAttributes } from "./message";
import { RequestValidation, VALIDATION_SETTINGS } from "./request-validation";
import { INTEGRATION_SETTINGS, SqsMethod } from "./sqs-method";
import { SECRET_HEADER_SETTINGS, type SecretHeader } from "./secret-header";
import { RESPONSE_SETTINGS, successTemplate } from "./success-response";
import type { TargetApi } from "./target-api";
import { API_KEY_SOURCE_SETTINGS, hasApiKeys, USAGE_PLAN_SETTINGS } from "./usage-plan";

/** Settings of the API's methods. */
export const METHOD_SETTINGS = {
  ...MESSAGE_SETTINGS,
  /** Adds `POST /sqs/batch`, which takes 1 to 10 messages at once: a tenth of the requests. */
  batch: v.optional(flag("offer POST /sqs/batch"), false),
  ...VALIDATION_SETTINGS,
  ...RESPONSE_SETTINGS,
  ...INTEGRATION_SETTINGS,
  ...SECRET_HEADER_SETTINGS,
  ...CORS_SETTINGS,
  ...API_KEY_SOURCE_SETTINGS,
  ...USAGE_PLAN_SETTINGS,
};

type Read =
  | "batch"
  | "cors"
  | "secretHeader"
  | keyof typeof MESSAGE_SETTINGS
  | keyof typeof VALIDATION_SETTINGS
  | keyof typeof RESPONSE_SETTINGS
  | keyof typeof INTEGRATION_SETTINGS
  | keyof typeof API_KEY_SOURCE_SETTINGS
  | keyof typeof USAGE_PLAN_SETTINGS;

/** What the methods of an API have in common. */
export interface MethodsProps {
  readonly restApi: TargetApi;
  /** Role that API Gateway assumes to call SQS. */
  readonly role: IamRole;
  readonly queue: TargetQueue;
  readonly location: AwsLocation;
  readonly authorizer?: Authorization | undefined;
  /** Checked before a message is sent, whoever wrote the template. */
  readonly secretHeader?: SecretHeader | undefined;
  readonly settings: Only<Read, Checked<typeof METHOD_SETTINGS>>;
}

/** Path and verb of each method that {@link addMethods} adds. */
export function methodPaths(
  parentPath = "/",
  { batch = false, cors }: Partial<Pick<Checked<typeof METHOD_SETTINGS>, "batch" | "cors">>,
): string[] {
  const resource = `${parentPath}/sqs`.replace(/^[/]+/, "");
  const verbs = ["POST", ...(cors ? ["OPTIONS"] : [])];
  return [resource, ...(batch ? [`${resource}/batch`] : [])].flatMap((path) =>
    verbs.map((verb) => `${path}/${verb}`),
  );
}

/** Adds `POST /sqs`, and `POST /sqs/batch` where the settings ask for it, to `api`. Returns the resource of the first. */
export function addMethods(api: Construct, props: MethodsProps): ApiGatewayResource {
  const { restApi, settings } = props;
  const resource = new ApiGatewayResource(api, "Resource", {
    restApiId: restApi.id,
    parentId: restApi.parentId,
    pathPart: "sqs",
    dependsOn: restApi.prerequisites && [...restApi.prerequisites],
  });
  addPost(api, resource, props);
  if (settings.batch) addBatch(api, resource, props);
  return resource;
}

function addPost(api: Construct, resource: ApiGatewayResource, props: MethodsProps): void {
  const { restApi, settings } = props;
  const { messageGroupId, messageDeduplicationId, secretHeader } = settings;
  new SqsMethod(api, "Post", {
    ...shared(resource, props),
    requestTemplates: requestTemplates(settings),
    validation: new RequestValidation(api, "PostValidation", {
      restApi,
      settings: part(VALIDATION_SETTINGS, settings),
    }),
    successTemplate: successTemplate(
      part(RESPONSE_SETTINGS, settings),
      settings.requestTemplates !== undefined,
    ),
    failureTemplate: errorTemplate({ messageGroupId, messageDeduplicationId, secretHeader }),
  });
  addPreflight(api, "Preflight", resource, props);
}

function addBatch(api: Construct, parent: ApiGatewayResource, props: MethodsProps): void {
  const { restApi, settings } = props;
  const { messageGroupId, secretHeader } = settings;
  const resource = new ApiGatewayResource(api, "BatchResource", {
    restApiId: restApi.id,
    parentId: parent.id,
    pathPart: "batch",
  });
  new SqsMethod(api, "BatchPost", {
    ...shared(resource, props),
    requestTemplates: {
      "application/json": sendMessageBatchTemplate({
        attributes: sentAttributes(settings),
        messageGroupId,
        traceHeader: settings.traceHeaderAttribute,
      }),
    },
    validation: new RequestValidation(api, "BatchValidation", {
      restApi,
      settings: {
        ...part(VALIDATION_SETTINGS, settings),
        requestSchema: { "application/json": batchSchema() },
      },
    }),
    successTemplate: batchResponseTemplate(),
    failureTemplate: errorTemplate({ messageGroupId, secretHeader }),
  });
  addPreflight(api, "BatchPreflight", resource, props);
}

function shared(resource: ApiGatewayResource, { settings, ...props }: MethodsProps) {
  const integration = part(INTEGRATION_SETTINGS, settings);
  const apiKeyRequired = hasApiKeys(settings);
  return { ...props, resource, integration, apiKeyRequired, crossOrigin: crossOrigin(settings.cors) };
}

function addPreflight(api: Construct, id: string, resource: ApiGatewayResource, props: MethodsProps): void {
  const { settings, authorizer } = props;
  const { cors } = settings;
  if (cors) {
    new CorsPreflight(api, id, {
      resource,
      cors,
      headers: settings,
      authorizerHeaders: authorizer?.headers ?? [],
    });
  }
}
