import type { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { Construct } from "constructs";
import * as v from "valibot";
import type { AwsLocation } from "../aws-location";
import { text } from "../schema";

/** Settings of the firewall before the API. */
export const WEB_ACL_SETTINGS = {
  /**
   * ARN of a regional WAF web ACL of yours, in the API's Region, that sees each request first. WAF costs about 5 dollars a month for
   * the web ACL, 1 for each rule and 0.60 for a million requests. AWS's common rules block bodies over 8 KB: leave
   * `SizeRestrictions_BODY` out.
   */
  webAclArn: v.optional(
    text({
      pattern:
        "^arn:aws[a-z-]*:wafv2:[a-z0-9-]+:[0-9]{12}:regional/webacl/[A-Za-z0-9_-]{1,128}/[0-9a-f-]{36}$",
      allowed: "the ARN of a regional WAF web ACL",
      example:
        "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/api/0a1b2c3d-0000-4000-8000-000000000000",
      refused: {
        pattern: /:global\/webacl\//,
        wrong: "is a web ACL for CloudFront",
        mend: "Make one with the scope REGIONAL in the API's Region.",
      },
    }),
  ),
};

/** Props of {@link WebAcl}. */
export interface WebAclProps {
  readonly stage: ApiGatewayStage;
  readonly webAclArn: string;
  readonly location: AwsLocation;
}

/**
 * A web ACL before a stage.
 *
 * Another ACL replaces the association, and for those seconds none stands before the stage: made before it is destroyed, the old
 * association would take the new one away, since a stage has only one.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-associating-aws-resource.html
 */
export class WebAcl extends Construct {
  constructor(scope: Construct, id: string, { stage, webAclArn, location }: WebAclProps) {
    super(scope, id);
    new Wafv2WebAclAssociation(this, "Association", {
      resourceArn: stage.arn,
      webAclArn,
      lifecycle: { precondition: [location.sameRegion(webAclArn, "web_acl_arn")] },
    });
  }
}
