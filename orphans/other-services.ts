import { parseArn } from "../aws/arn";
import type { Finding, Found } from "./found";
import { command } from "./shell";

/** How a kind is told by its ARN, by service and the part behind the account; `remove` are the words of one command. */
type Kind = readonly [service: string, resource: RegExp, finding: (name: string) => Omit<Finding, "notes">];

const KINDS: readonly Kind[] = [
  [
    "lambda",
    /^function:([^:]+)$/,
    (name) => ({
      type: "aws_lambda_function",
      importId: name,
      attributes: { function_name: name },
      remove: ["lambda", "delete-function", "--function-name", name],
    }),
  ],
  [
    "lambda",
    /^event-source-mapping:(.+)$/,
    (uuid) => ({
      type: "aws_lambda_event_source_mapping",
      importId: uuid,
      attributes: {},
      remove: ["lambda", "delete-event-source-mapping", "--uuid", uuid],
    }),
  ],
  [
    "logs",
    /^log-group:(.+?)(?::[*])?$/,
    (name) => ({
      type: "aws_cloudwatch_log_group",
      importId: name,
      attributes: { name },
      remove: ["logs", "delete-log-group", "--log-group-name", name],
    }),
  ],
  [
    "cloudwatch",
    /^alarm:(.+)$/,
    (name) => ({
      type: "aws_cloudwatch_metric_alarm",
      importId: name,
      attributes: { alarm_name: name },
      remove: ["cloudwatch", "delete-alarms", "--alarm-names", name],
    }),
  ],
  [
    // Of messages it has hashes only.
    "dynamodb",
    /^table\/([^/]+)$/,
    (name) => ({
      type: "aws_dynamodb_table",
      importId: name,
      attributes: { name },
      remove: ["dynamodb", "delete-table", "--table-name", name],
    }),
  ],
  [
    // It has large bodies, and the command stops where there are some.
    "s3",
    /^([^/:]+)$/,
    (name) => ({
      type: "aws_s3_bucket",
      importId: name,
      attributes: {},
      remove: ["s3", "rb", `s3://${name}`],
    }),
  ],
  [
    // It leaves the account's role for API Gateway's logs where it is.
    "cloudformation",
    /^stack\/([^/]+)\/.+$/,
    (name) => ({
      type: "aws_cloudformation_stack",
      importId: name,
      attributes: {},
      remove: ["cloudformation", "delete-stack", "--stack-name", name],
    }),
  ],
];

const UNVERIFIED =
  "known by its tag alone, which AWS lists for a while after a deletion: its command then says that there is none";

/** What only its ARN tells: nothing asks its service whether it is still there. */
export function ofOtherService(region: string, arn: string): Found {
  const { service, resource = "" } = parseArn(arn) ?? {};
  for (const [ofService, pattern, finding] of KINDS) {
    const [, name] = (service === ofService ? pattern.exec(resource) : null) ?? [];
    if (name === undefined) continue;
    const { remove, ...rest } = finding(name);
    return { arn, ...rest, notes: [UNVERIFIED], remove: [command("aws", ...remove, "--region", region)] };
  }
  return {
    arn,
    attributes: {},
    notes: ["of a kind for which no command is known here", UNVERIFIED],
    remove: [],
  };
}
