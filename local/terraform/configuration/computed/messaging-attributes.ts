import { queueUrl } from "../../../../aws/arn";

import type { TerraformResource } from "../../terraform-resource";
import {
  type ComputeAttribute,
  type AttributeTable,
  type ComputedContext,
  madeUpName,
  regionalArn,
  standInUuid,
} from "./attribute-table";

const QUEUE_ATTRIBUTES: Readonly<Record<string, ComputeAttribute>> = {
  name: (queue, context) => madeUpName(queue, context, queue.given("fifo_queue") === true ? ".fifo" : ""),
  arn: (queue, context) => regionalArn(context, "sqs", queue.text("name")),
  url: urlOfQueue,
  id: urlOfQueue,
};

/** SQS, SNS and the keys and log groups that policies name. */
export const MESSAGING_ATTRIBUTES: AttributeTable = {
  aws_sqs_queue: QUEUE_ATTRIBUTES,
  "data.aws_sqs_queue": QUEUE_ATTRIBUTES,
  aws_sns_topic: {
    name: (topic, context) => madeUpName(topic, context, topic.given("fifo_topic") === true ? ".fifo" : ""),
    arn: topicArn,
    id: topicArn,
  },
  "data.aws_sns_topic": { arn: topicArn, id: topicArn },
  aws_kms_key: {
    key_id: (key, { stackName }) => standInUuid(`${stackName}/${key.address}`),
    id: (key) => key.text("key_id"),
    arn: (key, context) => regionalArn(context, "kms", `key/${key.text("key_id")}`),
  },
  "data.aws_kms_key": {
    arn: keyArn,
    id: (key) => key.text("arn").replace(/^.*key\//, ""),
  },
  aws_kms_alias: {
    arn: aliasArn,
    id: (alias) => alias.text("name"),
    target_key_arn: (alias, context) => arnOfKey(alias.text("target_key_id"), context),
  },
  "data.aws_kms_alias": {
    arn: aliasArn,
    id: aliasArn,
    target_key_id: aliasTarget,
    target_key_arn: (alias, context) => regionalArn(context, "kms", `key/${aliasTarget(alias, context)}`),
  },
  aws_cloudwatch_log_group: {
    arn: logGroupArn,
    id: (group) => group.text("name"),
    name: madeUpName,
  },
  "data.aws_cloudwatch_log_group": { arn: logGroupArn, id: (group) => group.text("name") },
};

function urlOfQueue(queue: TerraformResource, { place }: ComputedContext): string {
  return queueUrl({ ...place(), queueName: queue.text("name") });
}

function topicArn(topic: TerraformResource, context: ComputedContext): string {
  return regionalArn(context, "sns", topic.text("name"));
}

function aliasArn(alias: TerraformResource, context: ComputedContext): string {
  return regionalArn(context, "kms", alias.text("name"));
}

/** Id of the key behind an alias that exists before the stack. */
function aliasTarget(alias: TerraformResource, { stackName }: ComputedContext): string {
  return standInUuid(`${stackName}/${alias.text("name")}`);
}

function keyArn(key: TerraformResource, context: ComputedContext): string {
  return arnOfKey(key.text("key_id"), context);
}

function arnOfKey(key: string, context: ComputedContext): string {
  return key.startsWith("arn:")
    ? key
    : regionalArn(context, "kms", key.startsWith("alias/") ? key : `key/${key}`);
}

function logGroupArn(group: TerraformResource, context: ComputedContext): string {
  return regionalArn(context, "logs", `log-group:${group.text("name")}`);
}
