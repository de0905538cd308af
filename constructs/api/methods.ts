import { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import type { Construct } from "constructs";
import * as v from "valibot";
import { mistakeText } from "../../errors/mistake";
import { batchResponseTemplate } from "../../mapping/batch-response-template";
import { errorTemplate } from "../../mapping/error-template";
import { batchSchema, sendMessageBatchTemplate } from "../../mapping/send-message-batch-template";
import { addLargeBodies } from "../large-bodies/large-bodies";
import type { LargeBodyBucket } from "../large-bodies/large-body-bucket";
import { LARGE_BODY_SETTINGS } from "../large-bodies/large-body-settings";
import { flag } from "../schema";
import { type Checked, type Only, part } from "../setting";
import { mockHandshakes } from "../webhook/handshake";
import { senderOf } from "../webhook/sender-settings";
import { onlySender, sendersAtPaths, WEBHOOK_SETTINGS, webhookEntries } from "../webhook/webhook-settings";
import { CorsPreflight } from "./cors-preflight";
import { sentAttributes } from "./message";
import { addPostResource, methodProps, POST_SETTINGS, type PostProps } from "./post";
import { RequestValidation, VALIDATION_SETTINGS } from "./request-validation";
import { SECRET_HEADER_SETTINGS } from "./secret-header";
import { type MethodProps, SqsMethod } from "./sqs-method";
import type { TargetApi } from "./target-api";
import { hasApiKeys } from "./usage-plan";

/** Settings of the API's methods. */
export const METHOD_SETTINGS = {
  ...POST_SETTINGS,
  /** Adds `POST /sqs/batch`, which takes 1 to 10 messages at once: a tenth of the requests. */
  batch: v.optional(flag("offer POST /sqs/batch"), false),
  ...LARGE_BODY_SETTINGS,
  ...SECRET_HEADER_SETTINGS,
  ...WEBHOOK_SETTINGS,
};

type Read = "batch" | "largeBodies" | "secretHeader" | "webhook" | keyof PostProps["settings"];

/** Props of {@link addMethods}. */
export interface MethodsProps extends MethodProps {
  readonly restApi: TargetApi;
  /** References to the sensitive variables with the verify token of handshakes. */
  readonly verifyTokens: readonly string[];
  /** Where large bodies go. @default - the stack takes none */
  readonly largeBodyBucket?: LargeBodyBucket | undefined;
  readonly settings: Only<Read, Checked<typeof METHOD_SETTINGS>>;
}

type PathSettings = Partial<
  Pick<Checked<typeof METHOD_SETTINGS>, "batch" | "cors" | "largeBodies" | "webhook">
>;

/** Path and verb of each method of the stack's API. */
export function methodPaths(parentPath: string | undefined, settings: PathSettings): string[] {
  const { batch = false, cors, largeBodies, webhook } = settings;
  const preflight = cors ? ["OPTIONS"] : [];
  const post = (registering = false) => (registering ? [] : ["POST"]);
  return [
    ...below(parentPath, "sqs", [...post(onlySender(webhook)?.registering), ...preflight]),
    ...(batch ? below(parentPath, "sqs/batch", ["POST", ...preflight]) : []),
    ...(largeBodies ? below(parentPath, "sqs/large", ["POST", ...preflight]) : []),
    ...webhookEntries(webhook).flatMap(({ path, registering }) => below(parentPath, path, post(registering))),
    ...handshakePaths(webhook, parentPath),
  ];
}

/** Path and verb of each method that is a handshake. */
export function handshakePaths(webhook: PathSettings["webhook"], parentPath?: string): string[] {
  return sendersAtPaths(webhook).flatMap(({ path, sender, registering }) => {
    const verbs = mockHandshakes(senderOf(sender)).map(({ verb }) => verb);
    return below(parentPath, path, registering ? [...verbs, "ANY"] : verbs);
  });
}

function below(parentPath = "/", path: string, verbs: readonly string[]): string[] {
  const parent = parentPath.replace(/^[/]+/, "");
  return verbs.map((verb) => `${parent === "" ? "" : `${parent}/`}${path}/${verb}`);
}

/** Adds `POST /sqs`, and `POST /sqs/batch` where the settings ask for it, to `api`. Returns the resource of the first. */
export function addMethods(api: Construct, props: MethodsProps): ApiGatewayResource {
  const { restApi, settings } = props;
  const only = onlySender(settings.webhook);
  const sentBy = only && { sender: senderOf(only.sender), registering: only.registering };
  const resource = addPostResource(api, {
    ...props,
    parent: restApi,
    pathPart: "sqs",
    settings: part(POST_SETTINGS, settings),
    sentBy,
  });
  addPreflight(api, "Preflight", resource, props);
  if (settings.batch) addBatch(api, resource, props);
  if (settings.largeBodies) addLarge(api, resource, props);
  return resource;
}

function addLarge(api: Construct, parent: ApiGatewayResource, props: MethodsProps): void {
  const { settings, largeBodyBucket: bucket } = props;
  if (bucket === undefined) throw new Error(missingBucket(api));
  const attributes = sentAttributes(settings);
  addLargeBodies(api, parent, { ...props, bucket, attributes, apiKeyRequired: hasApiKeys(settings) });
}

function missingBucket({ node }: Construct): string {
  return mistakeText({
    where: `${node.path}.largeBodyBucket`,
    wrong: "is missing",
    got: "none",
    allowed: "a `LargeBodyBucket` where there is `largeBodies`",
    mend: "Give one, or drop `largeBodies`.",
  });
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
    ...methodProps(resource, props),
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
    success: { template: batchResponseTemplate() },
    failureTemplate: errorTemplate({ messageGroupId, secretHeader }),
  });
  addPreflight(api, "BatchPreflight", resource, props);
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
