import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { Authorization } from "../authorizer/authorization";
import type { AwsLocation } from "../aws-location";
import type { TargetQueue } from "../queue/target-queue";
import { part } from "../setting";
import type { ApiSettings } from "./api-settings";
import { binaryMediaTypes } from "./binary-media-types";
import { GatewayResponses } from "./gateway-responses";
import { challengeOf, is4xxFinal } from "../webhook/sender-settings";
import { addResourcePolicy, RESOURCE_POLICY_SETTINGS } from "./resource-policy";
import { createRestApi, REST_API_SETTINGS } from "./rest-api";
import type { TargetApi } from "./target-api";

/** Props of {@link addOwnRestApi}. */
export interface OwnRestApiProps {
  readonly apiName: string;
  readonly queue: TargetQueue;
  /** What has to stand before methods are added. */
  readonly prerequisites: readonly ITerraformDependable[];
  readonly location: AwsLocation;
  readonly authorizer?: Authorization | undefined;
  readonly settings: ApiSettings;
}

/** Adds a REST API with what holds for all of it, which an existing one keeps as it is. */
export function addOwnRestApi(scope: Construct, props: OwnRestApiProps): TargetApi {
  const { apiName, queue, prerequisites, location, authorizer, settings } = props;
  const { apiKeySource, cors, vpcEndpointIds = [] } = settings;
  const restApi = createRestApi(scope, {
    name: apiName,
    description: `Queue-based load leveling: POST /sqs sends to the queue ${queue.queueName}`,
    location,
    apiKeySource,
    binaryMediaTypes: binaryMediaTypes(settings),
    prerequisites,
    settings: part(REST_API_SETTINGS, settings),
  });
  addResourcePolicy(scope, {
    restApi,
    vpcEndpointIds,
    openMethods: authorizer?.hasPolicy ? (cors ? ["OPTIONS"] : []) : ["*"],
    settings: part(RESOURCE_POLICY_SETTINGS, settings),
  });
  const isSigned = authorizer?.context === "nothing";
  new GatewayResponses(scope, "GatewayResponses", {
    restApi,
    cors,
    isSigned,
    throttledIs503: is4xxFinal(settings.webhook),
    wwwAuthenticate: settings.wwwAuthenticate ?? (authorizer && challengeOf(settings.webhook)),
  });
  return restApi;
}
