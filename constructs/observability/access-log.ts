import type { ApiGatewayStageAccessLogSettings } from "@cdktf/provider-aws/lib/api-gateway-stage";
import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import * as v from "valibot";
import { accessLogFormat } from "../../aws/access-log-format";
import type { AwsLocation } from "../aws-location";
import { literal } from "../literal";
import { flag, rule } from "../schema";
import type { Checked, Only } from "../setting";
import { createLogGroup, type LogGroupSettings } from "./log-group";

const ONE_LINE =
  "one line with $context.requestId or $context.extendedRequestId, and no variables but $context's";
const EXAMPLE = 'Write for example "$context.requestId $context.status".';

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const LONGEST_FORMAT = 3072;

/** Settings of the access log. */
export const ACCESS_LOG_SETTINGS = {
  /**
   * One line of JSON a request, in a log group of the stack's own, named by the output `access_log_group_name`: ids, status, latency,
   * caller, address, user agent. CloudWatch Logs costs about 0.50 dollars a gigabyte: 35 cents for a million requests. Needs
   * the account's role: `cloudwatchRole`.
   */
  accessLog: v.optional(flag("log a line for each request"), false),
  /** What a line of `accessLog` is, in place of the stack's own format. */
  accessLogFormat: v.optional(
    v.pipe(
      { ...v.string(rule("is not a text", ONE_LINE, EXAMPLE)), allowed: ONE_LINE },
      v.check(
        (format) => !/[\r\n]/.test(format),
        rule("has several lines", ONE_LINE, "Write it on one line."),
      ),
      v.check(
        (format) => /[$]context[.](requestId|extendedRequestId)(?!\w|[.]\w)/.test(format),
        rule("has no request id", ONE_LINE, EXAMPLE),
      ),
      v.check(
        (format) => !/[$](?!context[.])/.test(format),
        rule("names what an access log does not know", ONE_LINE, "Name variables of $context only."),
      ),
      v.check(
        (format) => !/[$]context[.]identity[.]apiKey(?!\w)/.test(format),
        rule(
          "would log the callers' API keys",
          "$context.identity.apiKeyId, which is no secret",
          "Name that.",
        ),
      ),
      v.check(
        (format) => Buffer.byteLength(format) <= LONGEST_FORMAT,
        rule("is too long", `up to ${LONGEST_FORMAT} bytes`, "Shorten it."),
      ),
    ),
  ),
};

/** Props of {@link AccessLog}. */
export interface AccessLogProps {
  readonly apiName: string;
  readonly location: AwsLocation;
  /** Variable of `$context` that names the caller; absent: there is none. */
  readonly principal: string | undefined;
  readonly settings: Only<
    "accessLogFormat" | keyof LogGroupSettings,
    Omit<Checked<typeof ACCESS_LOG_SETTINGS>, "accessLog"> & LogGroupSettings
  >;
}

/**
 * The access log of a stage, and the log group that it goes to. Without it the provider sends `remove /accessLogSettings`.
 *
 * The group is named after stack and API, not by the API's id: an API that is made anew goes on in the same group.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export class AccessLog extends Construct {
  public readonly logGroup: CloudwatchLogGroup;
  /** Are its lines of the stack's own format, whose fields metrics can read? */
  public readonly hasStandardFormat: boolean;
  /** What the stage says. */
  public readonly stageSettings: ApiGatewayStageAccessLogSettings;

  constructor(scope: Construct, id: string, { apiName, location, principal, settings }: AccessLogProps) {
    super(scope, id);
    const { accessLogFormat: ownFormat, ...ofGroup } = settings;
    const name = `/queue-leveling/${TerraformStack.of(this).node.id}/${apiName}/access-log`;
    this.logGroup = createLogGroup(this, "LogGroup", { name, location, settings: ofGroup });
    this.hasStandardFormat = ownFormat === undefined;
    this.stageSettings = {
      destinationArn: this.logGroup.arn,
      format: literal(ownFormat ?? accessLogFormat(principal)),
    };
  }
}
