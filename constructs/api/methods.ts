import { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { Construct } from "constructs";
import * as v from "valibot";
import { mistakeText } from "../../errors/mistake";
import { batchResponseTemplate } from "../../mapping/batch-response-template";
import { errorTemplate } from "../../mapping/error-template";
import { batchSchema, sendMessageBatchTemplate } from "../../mapping/send-message-batch-template";
import { addLargeBodies } from "../large-bodies/large-bodies";
import type { LargeBodyBucket } from "../large-bodies/large-body-bucket";
import { LARGE_BODY_SETTINGS } from "../large-bodies/large-body-settings";
import { FIRST_PATH, type OwnQueues } from "../queue/own-queue";
import { addReceive, RECEIVE_VERBS, receivePaths } from "../receive/receive";
import { RECEIVE_SETTINGS, receiveOptions } from "../receive/receive-settings";
import { type Routes, ROUTES_SETTINGS, routesAtPaths } from "../route/route-settings";
import { flag } from "../schema";
import { type Checked, type Only, part } from "../setting";
import { mockHandshakes } from "../webhook/handshake";
import { senderOf } from "../webhook/sender-settings";
import { onlySender, sendersAtPaths, WEBHOOK_SETTINGS, webhookEntries } from "../webhook/webhook-settings";
import { addPreflight } from "./cors-preflight";
import { sentAttributes } from "./message";
import { messageDelay } from "./message-delay";
import { addPostResource, methodProps, POST_SETTINGS, type PostProps } from "./post";
import { queueChoice } from "./queue-choice";
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
  ...RECEIVE_SETTINGS,
  ...LARGE_BODY_SETTINGS,
  ...SECRET_HEADER_SETTINGS,
  ...WEBHOOK_SETTINGS,
  ...ROUTES_SETTINGS,
};

type Read =
  "batch" | "largeBodies" | "receive" | "secretHeader" | "webhook" | "routes" | keyof PostProps["settings"];

/** Props of {@link addMethods}. */
export interface MethodsProps extends MethodProps {
  readonly restApi: TargetApi;
  readonly ownQueues: OwnQueues;
  /** References to the sensitive variables with the verify token of handshakes. */
  readonly verifyTokens: readonly string[];
  /** Where large bodies go. @default - the stack takes none */
  readonly largeBodyBucket?: LargeBodyBucket | undefined;
  readonly settings: Only<Read, Checked<typeof METHOD_SETTINGS>>;
}

type PathSettings = Partial<
  Pick<Checked<typeof METHOD_SETTINGS>, "batch" | "cors" | "largeBodies" | "receive" | "webhook">
> & {
  readonly routes?: Routes;
};

/** Path and verb of each method of the stack's API. */
export function methodPaths(parentPath: string | undefined, settings: PathSettings): string[] {
  const { batch = false, cors, largeBodies, receive, webhook, routes } = settings;
  const preflight = cors ? ["OPTIONS"] : [];
  const post = (registering = false) => (registering ? [] : ["POST"]);
  return [
    ...below(parentPath, "sqs", [...post(onlySender(webhook)?.registering), ...preflight]),
    ...(batch ? below(parentPath, "sqs/batch", ["POST", ...preflight]) : []),
    ...(receiveOptions(receive) ? below(parentPath, "sqs", receivePaths(preflight)) : []),
    ...(largeBodies ? below(parentPath, "sqs/large", ["POST", ...preflight]) : []),
    ...webhookEntries(webhook).flatMap(({ path, registering }) => below(parentPath, path, post(registering))),
    ...handshakePaths(webhook, parentPath),
    ...routesAtPaths(routes).flatMap(([path, route]) =>
      below(parentPath, path.slice(1), [
        "POST",
        ...preflight,
        ...(receiveOptions(route.receive ?? receive) ? receivePaths(preflight) : []),
      ]),
    ),
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

/** What {@link addMethods} has made. */
interface AddedMethods {
  /** Last part of the path of `/sqs`. */
  readonly pathPart: string;
  /** Role of the methods by which consumers receive, where there are any. */
  readonly receiveRole: IamRole | undefined;
}

/** Adds `POST /sqs` to `api`, and where the settings ask for it `POST /sqs/batch`, and what consumers receive by. */
export function addMethods(api: Construct, given: MethodsProps): AddedMethods {
  const { settings, ownQueues } = given;
  const props = { ...given, queueChoice: queueChoice(api, FIRST_PATH, settings, ownQueues) };
  const only = onlySender(settings.webhook);
  const sentBy = only && { sender: senderOf(only.sender), registering: only.registering };
  const resource = addPostResource(api, {
    ...props,
    parent: props.restApi,
    pathPart: "sqs",
    settings: part(POST_SETTINGS, settings),
    sentBy,
  });
  const receive = receiveOptions(settings.receive);
  addPreflight(api, "Preflight", { ...props, resource, verbs: ["POST", ...(receive ? RECEIVE_VERBS : [])] });
  if (settings.batch) addBatch(api, resource, props);
  if (settings.largeBodies) addLarge(api, resource, given);
  const receiveRole = receive && addReceive(api, resource, { ...given, receive });
  return { pathPart: resource.pathPart, receiveRole };
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
  const { messageGroupId, messageDelaySeconds, secretHeader } = settings;
  const delay = messageDelay(settings);
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
        delay,
        traceHeader: settings.traceHeaderAttribute,
      }),
    },
    validation: new RequestValidation(api, "BatchValidation", {
      restApi,
      settings: {
        ...part(VALIDATION_SETTINGS, settings),
        requestSchema: { "application/json": batchSchema(delay?.outOfRange) },
      },
    }),
    success: { template: batchResponseTemplate(delay !== undefined) },
    failureTemplate: errorTemplate({ messageGroupId, messageDelaySeconds, secretHeader }),
  });
  addPreflight(api, "BatchPreflight", { ...props, resource, verbs: ["POST"] });
}
