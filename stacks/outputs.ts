import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { ApiOptions } from "../constructs/api/api-settings";
import { sendsApiKey } from "../constructs/api/usage-plan";
import type { Dashboard } from "../constructs/observability/dashboard";
import type { LargeBodyBucket } from "../constructs/large-bodies/large-body-bucket";
import type { Consumer } from "../constructs/consumer/consumer";
import { choiceKey, FIRST_PATH, type OwnQueues } from "../constructs/queue/own-queue";
import type { QueueLeveling } from "../constructs/queue-leveling";
import { type CurlExample, curlExample, receiveCurlExample } from "./curl-example";

interface Output {
  readonly value: unknown;
  readonly description: string;
  readonly sensitive?: true;
}

/** Props of {@link addOutputs}. */
interface OutputsProps extends ApiOptions {
  /** What a first request has for the stack's authorization. */
  readonly curl: CurlExample;
  readonly dashboard: Dashboard | undefined;
  readonly consumer: Consumer | undefined;
  readonly ownQueues?: OwnQueues;
  readonly largeBodyBucket?: LargeBodyBucket | undefined;
}

/** Makes the outputs that every stack has, and those that go with settings. */
export function addOutputs(stack: Construct, leveling: QueueLeveling, props: OutputsProps): void {
  const outputs = {
    ...ofEveryStack(leveling),
    ...ofCustomDomain(leveling),
    ...ofApiKeys(leveling),
    ...ofLogs(leveling),
    ...ofDashboard(props),
    ...ofConsumer(props.consumer),
    ...ofWebhooks(leveling),
    ...ofRoutes(leveling),
    ...ofChosenQueues(props),
    ...ofReceiving(leveling, props),
    ...ofLargeBodies(leveling, props),
    curl_example: {
      value: curlExample(leveling.url, firstRequest(leveling, props)),
      description: "A first message to send.",
    },
  };
  for (const [name, output] of Object.entries(outputs)) {
    new TerraformOutput(stack, name, { ...output, staticId: true });
  }
}

function ofEveryStack(leveling: QueueLeveling): Readonly<Record<string, Output>> {
  const { url, queue, restApi, stageName, redeploymentTriggers } = leveling;
  return {
    api_url: { value: url, description: "The whole URL to which callers POST." },
    queue_url: { value: queue.url, description: "URL of the queue, for consumers." },
    queue_arn: { value: queue.arn, description: "ARN of the queue, for consumers' policies." },
    rest_api_id: { value: restApi.id, description: "Id of the REST API." },
    stage_name: { value: stageName, description: "Name of the API's stage." },
    ...(redeploymentTriggers && {
      redeployment_triggers: {
        value: redeploymentTriggers,
        description:
          "Triggers for your deployment of the API: they change whenever it has to be deployed again.",
      },
    }),
  };
}

function ofCustomDomain({ ownStage }: QueueLeveling): Readonly<Record<string, Output>> {
  const domain = ownStage?.customDomain;
  if (domain === undefined) return {};
  return {
    custom_domain_target: { value: domain.target, description: "What the domain's DNS record points at." },
    custom_domain_zone_id: {
      value: domain.targetZoneId,
      description: "Route 53's zone of it, for an alias record.",
    },
  };
}

function ofDashboard({ dashboard }: OutputsProps): Readonly<Record<string, Output>> {
  if (dashboard === undefined) return {};
  return {
    dashboard_name: { value: dashboard.dashboardName, description: "Name of the dashboard in CloudWatch." },
  };
}

function ofApiKeys({ ownStage }: QueueLeveling): Readonly<Record<string, Output>> {
  const keys = [...(ownStage?.usagePlan?.keys ?? [])].map(([name, { value }]): [string, Output] => [
    `api_key_${name}`,
    { value, description: `The API key ${name}, to be sent as x-api-key.`, sensitive: true },
  ]);
  return Object.fromEntries(keys);
}

function ofLogs({ ownStage }: QueueLeveling): Readonly<Record<string, Output>> {
  const accessLog = ownStage?.logs.accessLog;
  if (accessLog === undefined) return {};
  return {
    access_log_group_name: {
      value: accessLog.logGroup.name,
      description: "The log group of the access log.",
    },
  };
}

function ofConsumer(consumer: Consumer | undefined): Readonly<Record<string, Output>> {
  if (consumer === undefined) return {};
  const { functionArn, eventSourceMappingUuid, ownMappingUuids, neededPolicy, made } = consumer;
  return {
    consumer_function_arn: { value: functionArn, description: "ARN of the function that gets the messages." },
    consumer_event_source_mapping_uuid: {
      value: eventSourceMappingUuid,
      description: "UUID of the event source mapping, by which Lambda's API knows it.",
    },
    ...(Object.keys(ownMappingUuids).length > 0 && {
      consumer_event_source_mapping_uuids: {
        value: ownMappingUuids,
        description:
          "By path, and by the value that chooses it: UUIDs of the event source mappings of the queues beside the first.",
      },
    }),
    ...(made === undefined
      ? {
          consumer_policy: {
            value: neededPolicy,
            description: "The policy that the role of the consumer's function needs: attach it to that role.",
          },
        }
      : {
          consumer_function_name: { value: made.name, description: "Name of the function, for its logs." },
          consumer_role_name: {
            value: made.roleName,
            description: "Name of the function's role, for policies about what your code calls.",
          },
        }),
  };
}

function ofWebhooks(leveling: QueueLeveling): Readonly<Record<string, Output>> {
  const { webhooks } = leveling;
  if (webhooks.length === 0) return {};
  const value = webhooks.map(({ resourcePath: path, sender, queue }) => [
    path,
    { sender, url: `${stageUrl(leveling)}${path}`, queue_url: queue.url },
  ]);
  return {
    webhooks: {
      value: Object.fromEntries(value),
      description:
        "By path: the sender of webhooks, the URL to register there, and the queue that gets them.",
    },
  };
}

function ofLargeBodies(
  { url }: QueueLeveling,
  { largeBodyBucket }: OutputsProps,
): Readonly<Record<string, Output>> {
  if (largeBodyBucket === undefined) return {};
  return {
    large_bodies_url: { value: `${url}/large`, description: "The URL to which callers POST large bodies." },
    large_bodies_bucket: {
      value: largeBodyBucket.bucketName,
      description: "Name of the bucket in which large bodies are.",
    },
  };
}

function ofReceiving(leveling: QueueLeveling, props: OutputsProps): Readonly<Record<string, Output>> {
  const { receive = false } = props;
  if (receive === false) return {};
  return {
    receive_curl_example: {
      value: receiveCurlExample(leveling.url, firstRequest(leveling, props)),
      description: "A first message to receive. Delete it afterwards, by its receipt handle.",
    },
  };
}

function ofRoutes(leveling: QueueLeveling): Readonly<Record<string, Output>> {
  const { routes } = leveling;
  if (routes.length === 0) return {};
  const value = routes.map(({ resourcePath: path, queue, chosenQueues }) => [
    path,
    { url: `${stageUrl(leveling)}${path}`, queue_url: queue.url, ...queueUrls(chosenQueues) },
  ]);
  return {
    routes: {
      value: Object.fromEntries(value),
      description: "By path: the URL to which callers POST, its queue, and those that a value chooses.",
    },
  };
}

function queueUrls(queues: OwnQueues): Readonly<Record<string, unknown>> {
  const urls = Object.entries(queues).map(([value, { url }]) => [value, url]);
  return urls.length === 0 ? {} : { queue_urls: Object.fromEntries(urls) as unknown };
}

function ofChosenQueues({ queues = {}, ownQueues = {} }: OutputsProps): Readonly<Record<string, Output>> {
  const chosen = Object.keys(queues).map((value) => [value, ownQueues[choiceKey(FIRST_PATH, value)]?.url]);
  if (chosen.length === 0) return {};
  return {
    queue_urls: {
      value: Object.fromEntries(chosen),
      description: "By value: URLs of the queues that a request chooses, beside queue_url.",
    },
  };
}

/** Where the stage answers. */
function stageUrl({ url, resourcePath }: QueueLeveling): string {
  return url.slice(0, -resourcePath.length);
}

function firstRequest({ ownStage }: QueueLeveling, { curl, ...settings }: OutputsProps): CurlExample {
  const { secretHeader } = settings;
  const certificate = ownStage?.customDomain?.hasMutualTls ? ["--cert client.pem --key client.key"] : [];
  return {
    ...curl,
    options: [...certificate, ...(curl.options ?? [])],
    headers: [
      ...curl.headers,
      ...apiKeyHeader(settings),
      ...(secretHeader === undefined ? [] : [`${secretHeader}: $TF_VAR_secret_header_value`]),
    ],
  };
}

/** For a shell; of a key that the stack has not made only its owner knows the value. */
function apiKeyHeader(settings: ApiOptions): string[] {
  if (!sendsApiKey(settings)) return [];
  const [name] = settings.apiKeys ?? [];
  return [`x-api-key: ${name === undefined ? "your-api-key" : `$(terraform output -raw api_key_${name})`}`];
}
