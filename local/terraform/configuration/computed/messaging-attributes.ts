import { queueUrl } from "../../../../aws/arn";
import { type AttributeTable, type ComputedContext, madeUpName, regionalArn } from "./attribute-table";
import { standInUuid } from "../../stand-in-id";

const REGIONAL = "{@region}:{@accountId}";

const QUEUE_ATTRIBUTES: AttributeTable[string] = {
  name: (queue, context) => madeUpName(queue, context, queue.given("fifo_queue") === true ? ".fifo" : ""),
  arn: `arn:{@partition}:sqs:${REGIONAL}:{name}`,
  url: (queue, { place }) => queueUrl({ ...place(), queueName: queue.text("name") }),
  id: "{url}",
};

const TOPIC_ATTRIBUTES = { arn: `arn:{@partition}:sns:${REGIONAL}:{name}`, id: "{arn}" };
const ALIAS_ARN = `arn:{@partition}:kms:${REGIONAL}:{name}`;
const LOG_GROUP_ATTRIBUTES = { arn: `arn:{@partition}:logs:${REGIONAL}:log-group:{name}`, id: "{name}" };

/** SQS, SNS and the keys and log groups that policies name. */
export const MESSAGING_ATTRIBUTES: AttributeTable = {
  aws_sqs_queue: QUEUE_ATTRIBUTES,
  "data.aws_sqs_queue": QUEUE_ATTRIBUTES,
  aws_sns_topic: {
    name: (topic, context) => madeUpName(topic, context, topic.given("fifo_topic") === true ? ".fifo" : ""),
    ...TOPIC_ATTRIBUTES,
  },
  "data.aws_sns_topic": TOPIC_ATTRIBUTES,
  aws_kms_key: {
    key_id: (key, { stackName }) => standInUuid(`${stackName}/${key.address}`),
    id: "{key_id}",
    arn: `arn:{@partition}:kms:${REGIONAL}:key/{key_id}`,
  },
  "data.aws_kms_key": {
    arn: (key, context) => arnOfKey(key.text("key_id"), context),
    id: (key) => key.text("arn").replace(/^.*key\//, ""),
  },
  aws_kms_alias: {
    arn: ALIAS_ARN,
    id: "{name}",
    target_key_arn: (alias, context) => arnOfKey(alias.text("target_key_id"), context),
  },
  "data.aws_kms_alias": {
    arn: ALIAS_ARN,
    id: "{arn}",
    // Of the key behind an alias that exists before the stack.
    target_key_id: (alias, { stackName }) => standInUuid(`${stackName}/${alias.text("name")}`),
    target_key_arn: `arn:{@partition}:kms:${REGIONAL}:key/{target_key_id}`,
  },
  aws_cloudwatch_log_group: { name: madeUpName, ...LOG_GROUP_ATTRIBUTES },
  "data.aws_cloudwatch_log_group": LOG_GROUP_ATTRIBUTES,
};

function arnOfKey(key: string, context: ComputedContext): string {
  if (key.startsWith("arn:")) return key;
  return regionalArn(context, "kms", key.startsWith("alias/") ? key : `key/${key}`);
}
