import { ownQueueSuffix } from "../constructs/queue/own-queue";
import { plannedQueues } from "../constructs/queue/planned-queues";
import { baseName, hasDeadLetterQueue } from "../constructs/queue/queue-name";
import { type Mistake, mistakeText, shown } from "../errors/mistake";
import type { SettingMistake } from "./mistakes";
import { type Given, groupOf, type WrittenSettings } from "./read-stack";
import type { AUTH_STACK_SETTINGS } from "./stack-settings";

type Settings = typeof AUTH_STACK_SETTINGS;

/** A stack's settings, as the user wrote them and checked one by one. */
export interface Stack extends WrittenSettings {
  readonly given: Given<Settings>;
}

/** What both stacks would own, and only one can. */
export function mistakesBetweenStacks(auth: Stack, noAuth: Stack): SettingMistake[] {
  return [sameQueue, sameResource, sameStage, sameDomain, sameConsumer].flatMap((mistakes) =>
    mistakes(auth, noAuth),
  );
}

/** Destroying one of two stacks that own the same queue would take the other's messages with it. */
function sameQueue(auth: Stack, noAuth: Stack): SettingMistake[] {
  const names = ownedQueues(auth.given);
  const isShared =
    auth.given.awsRegionName === noAuth.given.awsRegionName &&
    ownedQueues(noAuth.given).some((name) => names.includes(name));
  if (!isShared) return [];
  const key = "storage_sqs_queue_name";
  return told(noAuth, key, {
    wrong: "is the queue of auth-stack too",
    got: shown(noAuth.given.storageSqsQueueName),
    allowed:
      "a name of its own for each stack's queue, and for its others, which end in -dlq, in a path or in a value that chooses a queue",
    mend: `Give one of them another name: "no-auth-stack": { "${key}": … }.`,
  });
}

/** API Gateway refuses the second `/sqs` at one place, at the apply. */
function sameResource(auth: Stack, noAuth: Stack): SettingMistake[] {
  const place = ({ given }: Stack) =>
    `${given.existingRestApiId ?? ""}${given.existingRestApiParentPath ?? "/"}`;
  if (noAuth.given.existingRestApiId === undefined || place(auth) !== place(noAuth)) return [];
  const key = "existing_rest_api_id";
  return told(noAuth, key, {
    wrong: "is the API of auth-stack too, and so is the place in it",
    got: shown(noAuth.given.existingRestApiId),
    allowed: 'an "existing_rest_api_parent_path" of its own for each stack in one REST API',
    mend: 'Give one of them another path, or write the API for one stack only: "auth-stack": { … }.',
  });
}

/** Each stack makes its stage; API Gateway refuses the second of a name in one API, at the apply. */
function sameStage(auth: Stack, noAuth: Stack): SettingMistake[] {
  const { existingRestApiId: id, stageName } = noAuth.given;
  const isShared =
    id !== undefined &&
    id === auth.given.existingRestApiId &&
    stageName === auth.given.stageName &&
    [auth, noAuth].every(({ given }) => given.deployExistingRestApi === true);
  if (!isShared) return [];
  const key = "stage_name";
  return told(noAuth, key, {
    wrong: "is the stage that auth-stack makes in the same REST API",
    got: shown(stageName),
    allowed: 'a stage of its own for each stack that has "deploy_existing_rest_api": true in one REST API',
    mend: `Give one of them another: "no-auth-stack": { "${key}": … }.`,
  });
}

/** Lambda refuses the same function a second time, and two functions would each get some of the messages, and twice the load. */
function sameConsumer(auth: Stack, noAuth: Stack): SettingMistake[] {
  const { existingQueueArn: queue, consumer } = noAuth.given;
  const isShared =
    consumer !== undefined &&
    auth.given.consumer !== undefined &&
    queue !== undefined &&
    queue === auth.given.existingQueueArn;
  if (!isShared) return [];
  const key = "consumer";
  return told(noAuth, key, {
    wrong: "is a second consumer of the queue that auth-stack's consumer reads",
    got: shown(consumer.lambdaArn ?? consumer.functionFolder),
    allowed: "one consumer for a queue",
    mend: `Write it for one stack only: "auth-stack": { "${key}": … }.`,
  });
}

/** Each stack makes its domain; AWS refuses the second, at the apply. */
function sameDomain(auth: Stack, noAuth: Stack): SettingMistake[] {
  const name = noAuth.given.customDomain?.domainName;
  const isShared =
    auth.given.awsRegionName === noAuth.given.awsRegionName &&
    name !== undefined &&
    name === auth.given.customDomain?.domainName;
  if (!isShared) return [];
  const key = "custom_domain";
  return told(
    noAuth,
    key,
    {
      wrong: "is the domain of auth-stack too",
      got: shown(name),
      allowed: "a domain of its own for each stack",
      mend: `Give one of them another: "no-auth-stack": { "${key}": … }.`,
    },
    ".domain_name",
  );
}

/** @param below where in the setting's value the mistake is */
function told(stack: Stack, key: string, mistake: Mistake, below = ""): SettingMistake[] {
  return [{ setting: `${groupOf(stack, key)}.${key}${below}`, message: mistakeText(mistake) }];
}

function ownedQueues(given: Given<Settings>): string[] {
  const { storageSqsQueueName, existingQueueArn } = given;
  if (storageSqsQueueName === undefined || existingQueueArn !== undefined) return [];
  const first = baseName(storageSqsQueueName);
  const others = plannedQueues(given).map(({ key, options }) => ({
    base: `${first}-${ownQueueSuffix(key)}`,
    options: { ...given, ...options },
  }));
  return [{ base: first, options: given }, ...others].flatMap(({ base, options }) => {
    const ending = options.fifo ? ".fifo" : "";
    return [`${base}${ending}`, ...(hasDeadLetterQueue(options) ? [`${base}-dlq${ending}`] : [])];
  });
}
