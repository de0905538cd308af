import { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { errorTemplate } from "../../mapping/error-template";
import type { ErrorTable } from "../../mapping/error-mappings";
import {
  deleteTemplate,
  HANDLE_PARAMETER,
  receiptSchema,
  visibilityTemplate,
} from "../../mapping/receipt-templates";
import { DELETE_ERRORS, receiveErrors, VISIBILITY_ERRORS } from "../../mapping/receive-errors";
import { receiveTemplate } from "../../mapping/receive-request-template";
import { receivedTemplate } from "../../mapping/receive-response-template";
import { compactAcknowledgement } from "../../mapping/success-template";
import { addPreflight, type PreflightProps } from "../api/cors-preflight";
import { IntegrationRole, RECEIVING } from "../api/integration-role";
import { methodProps, type PostProps } from "../api/post";
import { RequestValidation } from "../api/request-validation";
import { type MethodProps, SqsMethod } from "../api/sqs-method";
import type { RestApiReference } from "../api/target-api";
import type { ReceiveOptions } from "./receive-settings";

/** Props of {@link addReceive}. */
export interface ReceiveProps extends Omit<MethodProps, "role" | "authorizationScopes"> {
  readonly restApi: RestApiReference;
  readonly receive: ReceiveOptions;
  readonly settings: PostProps["settings"] & PreflightProps["settings"];
}

/** What the methods of one receive share. */
interface Shared extends Omit<ReceiveProps, "receive"> {
  readonly scope: Construct;
  readonly role: IamRole;
  readonly receive: ReceiveOptions;
}

/** One method: what it asks of SQS, what is checked before, and how SQS's answers are told. */
interface Action {
  readonly httpMethod: string;
  readonly requestTemplate: string;
  readonly schema?: Record<string, unknown>;
  readonly successTemplate: string;
  readonly errors: ErrorTable;
  readonly timeoutMilliseconds?: number;
}

/** Base64 has slashes. */
const HANDLE_PATH_PART = `{${HANDLE_PARAMETER}+}`;

/** SQS's own longest wait, which a queue can have whatever callers may ask for. */
const LONGEST_WAIT_SECONDS = 20;

/** What SQS may take beyond the wait. With the longest wait it is 25 s of the 29 s that API Gateway waits at most. */
const MARGIN_SECONDS = 5;

/** Methods of the resource itself. */
export const RECEIVE_VERBS = ["GET", "DELETE"];

/**
 * Path and verb of each method of {@link addReceive}, from the resource on.
 * @param preflight `OPTIONS`, where the resources below it have that, too
 */
export function receivePaths(preflight: readonly string[]): string[] {
  const ofHandle = ["DELETE", ...preflight].map((verb) => `${HANDLE_PATH_PART}/${verb}`);
  return [...RECEIVE_VERBS, ...ofHandle, ...["POST", ...preflight].map((verb) => `visibility/${verb}`)];
}

/**
 * Lets consumers receive, delete and hide messages of a queue, by methods of `resource` and of two resources below it, which a role of
 * their own lets reach exactly that queue. Returns the role, whose ARN is a trigger of the deployment.
 */
export function addReceive(parent: Construct, resource: ApiGatewayResource, props: ReceiveProps): IamRole {
  const { queue, location, receive } = props;
  const scope = new Construct(parent, "Receive");
  const receiving = { queue, otherQueues: [], direction: RECEIVING, location };
  const { role } = new IntegrationRole(scope, "IntegrationRole", receiving);
  const shared = { ...props, scope, role };
  const remove = { httpMethod: "DELETE", successTemplate: compactAcknowledgement(), errors: DELETE_ERRORS };
  addMethod("Get", resource, shared, {
    httpMethod: "GET",
    requestTemplate: receiveTemplate(receive),
    successTemplate: receivedTemplate(),
    errors: receiveErrors(receive),
    timeoutMilliseconds: timeoutMilliseconds(props),
  });
  addMethod("Delete", resource, shared, {
    ...remove,
    requestTemplate: deleteTemplate("body"),
    schema: receiptSchema(),
  });
  const ofHandle = addResource("HandleResource", HANDLE_PATH_PART, resource, shared);
  addMethod("HandleDelete", ofHandle, shared, { ...remove, requestTemplate: deleteTemplate("path") });
  addPreflight(scope, "HandlePreflight", { ...shared, resource: ofHandle, verbs: ["DELETE"] });
  const ofVisibility = addResource("VisibilityResource", "visibility", resource, shared);
  const { maxVisibilityTimeoutSeconds: maximum } = receive;
  addMethod("VisibilityPost", ofVisibility, shared, {
    httpMethod: "POST",
    requestTemplate: visibilityTemplate(maximum),
    schema: receiptSchema({ visibilityTimeout: { type: "integer", minimum: 0, maximum } }),
    successTemplate: compactAcknowledgement(),
    errors: VISIBILITY_ERRORS,
  });
  addPreflight(scope, "VisibilityPreflight", { ...shared, resource: ofVisibility, verbs: ["POST"] });
  return role;
}

function addResource(
  id: string,
  pathPart: string,
  parent: ApiGatewayResource,
  { scope, restApi }: Shared,
): ApiGatewayResource {
  return new ApiGatewayResource(scope, id, { restApiId: restApi.id, parentId: parent.id, pathPart });
}

function addMethod(id: string, resource: ApiGatewayResource, shared: Shared, action: Action): void {
  const { scope, restApi, receive, secretHeader, settings, ...props } = shared;
  const {
    httpMethod,
    requestTemplate,
    schema,
    successTemplate,
    errors,
    timeoutMilliseconds: timeout,
  } = action;
  const common = methodProps(resource, { ...props, secretHeader, settings });
  const requestSchema: Record<string, Record<string, unknown>> = schema === undefined
    ? {}
    : { "application/json": schema };
  new SqsMethod(scope, id, {
    ...common,
    httpMethod,
    authorizationScopes: receive.authorizationScopes,
    ...(timeout !== undefined && { integration: { integrationTimeoutMilliseconds: timeout } }),
    requestTemplates: { "application/json": requestTemplate },
    validation: new RequestValidation(scope, `Receive${id}`, {
      restApi,
      settings: { requestSchema, requiredHeaders: [], requiredQueryParameters: [] },
    }),
    success: { template: successTemplate },
    failureTemplate: errorTemplate({ table: errors, secretHeader: secretHeader?.headerName }),
  });
}

/** A receive that says nothing of the wait has the queue's own. */
function timeoutMilliseconds({ queue, receive }: ReceiveProps): number {
  const ofQueue = queue.receiveWaitTimeSeconds ?? LONGEST_WAIT_SECONDS;
  return (Math.max(receive.maxWaitSeconds, ofQueue) + MARGIN_SECONDS) * 1000;
}
