import type { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import type { Construct } from "constructs";
import { errorTemplate } from "../../mapping/error-template";
import { type Checked, type Only, part } from "../setting";
import { addHandshakes } from "../webhook/handshake";
import { addRegistration } from "../webhook/registration";
import { type SentBy, withHandshake } from "../webhook/sent-by";
import { QUEUE_CHOICE_SETTINGS } from "./queue-choice";
import { CORS_SETTINGS, crossOrigin } from "./cors";
import { MESSAGE_SETTINGS, requestTemplates } from "./message";
import { RequestValidation, VALIDATION_SETTINGS } from "./request-validation";
import { INTEGRATION_SETTINGS, type MethodProps, SqsMethod } from "./sqs-method";
import { provenAnswer, RESPONSE_SETTINGS, type SuccessAnswer, successAnswer } from "./success-response";
import { addResource, type RestApiReference, type TargetApi } from "./target-api";
import { API_KEY_SOURCE_SETTINGS, hasApiKeys, USAGE_PLAN_SETTINGS } from "./usage-plan";

/** Settings of a method that sends one message. */
export const POST_SETTINGS = {
  ...MESSAGE_SETTINGS,
  ...VALIDATION_SETTINGS,
  ...RESPONSE_SETTINGS,
  ...INTEGRATION_SETTINGS,
  ...CORS_SETTINGS,
  ...QUEUE_CHOICE_SETTINGS,
  ...API_KEY_SOURCE_SETTINGS,
  ...USAGE_PLAN_SETTINGS,
};

type Read =
  | "cors"
  | keyof typeof QUEUE_CHOICE_SETTINGS
  | keyof typeof MESSAGE_SETTINGS
  | keyof typeof VALIDATION_SETTINGS
  | keyof typeof RESPONSE_SETTINGS
  | keyof typeof INTEGRATION_SETTINGS
  | keyof typeof API_KEY_SOURCE_SETTINGS
  | keyof typeof USAGE_PLAN_SETTINGS;

/** Props of {@link addPost}. */
export interface PostProps extends MethodProps {
  readonly restApi: RestApiReference;
  readonly settings: Only<Read, Checked<typeof POST_SETTINGS>>;
  /** @default - any caller's messages */
  readonly sentBy?: SentBy | undefined;
  /** Goes before deduplication ids, so that those of two senders never meet in one queue. @default - nothing */
  readonly deduplicationPrefix?: string;
}

/** Props of {@link addPostResource}. */
export interface PostResourceProps extends PostProps {
  /** The API, below whose parent the resource stands. */
  readonly parent: TargetApi;
  readonly pathPart: string;
  /** References to the sensitive variables with the verify token of handshakes. */
  readonly verifyTokens: readonly string[];
}

/** Adds a resource with `POST`, and with what else its sender asks for. */
export function addPostResource(scope: Construct, props: PostResourceProps): ApiGatewayResource {
  const { parent, pathPart, sentBy, verifyTokens } = props;
  const resource = addResource(scope, parent, pathPart);
  addPost(scope, resource, props);
  if (sentBy) addHandshakes(scope, sentBy.sender, { resource, verifyTokens });
  return resource;
}

/** The body becomes a message. While its sender is registered, what answers the handshake stands in the place of `POST`. */
function addPost(scope: Construct, resource: ApiGatewayResource, props: PostProps): void {
  const { restApi, settings, sentBy, secretHeader, deduplicationPrefix } = props;
  if (sentBy?.registering) {
    addRegistration(scope, resource, sentBy.sender);
    return;
  }
  const { messageGroupId, messageDeduplicationId, messageDelaySeconds } = settings;
  new SqsMethod(scope, "Post", {
    ...methodProps(resource, props),
    requestTemplates: requestTemplates(settings, deduplicationPrefix),
    validation: new RequestValidation(scope, "PostValidation", {
      restApi,
      settings: part(VALIDATION_SETTINGS, settings),
    }),
    success: success(props),
    failureTemplate: errorTemplate({
      messageGroupId,
      messageDeduplicationId,
      messageDelaySeconds,
      secretHeader: secretHeader?.headerName,
      throttledIs503: sentBy?.sender.is4xxFinal,
    }),
  });
}

function success({ settings, sentBy }: PostProps): SuccessAnswer {
  const answer = successAnswer(part(RESPONSE_SETTINGS, settings));
  const told = sentBy ? withHandshake(answer, sentBy.sender) : answer;
  return settings.requestTemplates === undefined ? told : provenAnswer(told);
}

/** What every method of ours has, whatever it sends. */
export function methodProps(
  resource: ApiGatewayResource,
  { settings, ...props }: Pick<PostProps, "settings"> & MethodProps,
) {
  return {
    ...props,
    resource,
    integration: part(INTEGRATION_SETTINGS, settings),
    apiKeyRequired: hasApiKeys(settings),
    crossOrigin: crossOrigin(settings.cors),
    optionalValues: [settings.messageDelaySeconds, settings.queueBy].filter((source) => source !== undefined),
  };
}
