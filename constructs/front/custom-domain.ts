import { ApiGatewayBasePathMapping } from "@cdktf/provider-aws/lib/api-gateway-base-path-mapping";
import { ApiGatewayDomainName } from "@cdktf/provider-aws/lib/api-gateway-domain-name";
import type { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { Construct } from "constructs";
import * as v from "valibot";
import type { REST_API_SETTINGS } from "../api/rest-api";
import type { RestApiReference } from "../api/target-api";
import type { AwsLocation } from "../aws-location";
import { object, text } from "../schema";
import type { Checked, Only, Rule } from "../setting";

/** The ARN of a certificate of ACM. */
const CERTIFICATE_ARN = text({
  pattern: "^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/[A-Za-z0-9-]{1,64}$",
  allowed: "the ARN of a certificate of ACM",
  example: "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-0000-4000-8000-000000000000",
});

/** What `customDomain` holds. */
export const CUSTOM_DOMAIN_ENTRIES = {
  /** The domain, in lower case. Your DNS record points it at the output `custom_domain_target`. */
  domainName: text({
    pattern: "^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.])+[a-z]([a-z0-9-]{0,61}[a-z0-9])$",
    allowed: "a domain name in lower case, without a wildcard",
    example: "api.example.com",
  }),
  /** ARN of a certificate of ACM for the domain, in the API's Region. */
  certificateArn: CERTIFICATE_ARN,
  /** First part of the URL's path on the domain; without it the API has the whole domain. */
  basePath: v.optional(
    text({
      pattern: "^[A-Za-z0-9._-]{1,128}$",
      allowed: "1 to 128 letters, digits, periods, hyphens and underscores, without a slash",
      example: "orders",
    }),
  ),
  /**
   * Mutual TLS: an object of S3 with the certificates of the authorities that callers' certificates come from. API Gateway reads it when
   * the domain is made or changed, and does not ask whether a certificate was revoked.
   */
  truststoreUri: v.optional(
    text({
      pattern: "^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/.+$",
      allowed: "the URI of an object of S3",
      example: "s3://my-bucket/truststore.pem",
    }),
  ),
  /** Version of that object. A new one is what makes API Gateway read it again. */
  truststoreVersion: v.optional(
    text({
      pattern: "^\\S{1,1024}$",
      allowed: "the version id of that object",
      example: "3sL4kqtJlcpXroDTDmJ",
    }),
  ),
  /**
   * ARN of a public certificate of ACM for the domain, which proves that it is yours: AWS asks for it with mutual TLS where
   * `certificateArn` was imported or comes from a private authority.
   */
  ownershipVerificationCertificateArn: v.optional(CERTIFICATE_ARN),
};

/** Settings of the API's own domain. */
export const CUSTOM_DOMAIN_SETTINGS = {
  /** A domain of yours for the stage, with TLS 1.2 or newer; `api_url` is then below it. Costs nothing beside the certificate. */
  customDomain: v.optional(
    object(
      CUSTOM_DOMAIN_ENTRIES,
      '{ `domainName`: "api.example.com", `certificateArn`: "arn:aws:acm:…:certificate/…" }',
    ),
  ),
};

type Settings = typeof CUSTOM_DOMAIN_SETTINGS & typeof REST_API_SETTINGS;

/** What has to hold between them, and those of the REST API. */
export const CUSTOM_DOMAIN_RULES: readonly Rule<Settings>[] = [
  {
    setting: "customDomain",
    isBroken: ({ customDomain, vpcEndpointIds }) =>
      customDomain !== undefined && vpcEndpointIds !== undefined,
    wrong: "is a regional domain, which reaches no private API",
    allowed: "this setting without `vpcEndpointIds`",
    mend: "Drop one or the other.",
  },
  {
    setting: "disableExecuteApiEndpoint",
    isBroken: ({ disableExecuteApiEndpoint, customDomain }) =>
      disableExecuteApiEndpoint === true && customDomain === undefined,
    wrong: "leaves no URL to call",
    allowed: "this setting together with `customDomain`",
    mend: "Write `customDomain`, or drop it.",
  },
  {
    setting: "customDomain",
    key: "truststoreUri",
    isBroken: ({ customDomain, disableExecuteApiEndpoint }) =>
      customDomain?.truststoreUri !== undefined && disableExecuteApiEndpoint !== true,
    wrong: "can be gone round by the API's own URL below execute-api",
    allowed: "mutual TLS together with `disableExecuteApiEndpoint`: true",
    mend: "Write that, too.",
  },
  ...(["truststoreVersion", "ownershipVerificationCertificateArn"] as const).map((key): Rule<Settings> => ({
    setting: "customDomain",
    key,
    isBroken: ({ customDomain }) =>
      customDomain?.[key] !== undefined && customDomain.truststoreUri === undefined,
    wrong: "needs mutual TLS",
    allowed: "this key together with `truststoreUri`",
    mend: "Write `truststoreUri`, or drop it.",
  })),
];

type Domain = NonNullable<Checked<Settings>["customDomain"]>;

/** Props of {@link CustomDomain}. */
export interface CustomDomainProps {
  readonly restApi: RestApiReference;
  readonly stage: ApiGatewayStage;
  readonly location: AwsLocation;
  readonly settings: Only<keyof typeof CUSTOM_DOMAIN_ENTRIES, Domain>;
}

/**
 * A regional custom domain of a stage.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-regional-api-custom-domain-create.html
 */
export class CustomDomain extends Construct {
  /** Where the stage answers, without a slash at its end. */
  public readonly url: string;
  /** What a DNS record has to point the domain at: a CNAME, or with {@link CustomDomain.targetZoneId} an alias in Route 53. */
  public readonly target: string;
  public readonly targetZoneId: string;
  /** Must callers show a certificate? */
  public readonly hasMutualTls: boolean;

  constructor(scope: Construct, id: string, { restApi, stage, location, settings }: CustomDomainProps) {
    super(scope, id);
    const { domainName, certificateArn, basePath, ...mutualTls } = settings;
    const domain = new ApiGatewayDomainName(this, "DomainName", {
      domainName,
      regionalCertificateArn: certificateArn,
      endpointConfiguration: { types: ["REGIONAL"] },
      securityPolicy: "TLS_1_2",
      ...mutualTlsConfig(mutualTls),
      lifecycle: { precondition: [location.sameRegion(certificateArn, "custom_domain.certificate_arn")] },
    });
    new ApiGatewayBasePathMapping(this, "Mapping", {
      apiId: restApi.id,
      stageName: stage.stageName,
      domainName: domain.domainName,
      basePath,
      // AWS deletes no API that a domain still leads to: a new stage takes the mapping away before the old API goes.
      lifecycle: { replaceTriggeredBy: [`${stage.terraformResourceType}.${stage.friendlyUniqueId}.id`] },
    });
    this.url = `https://${domainName}${basePath === undefined ? "" : `/${basePath}`}`;
    this.target = domain.regionalDomainName;
    this.targetZoneId = domain.regionalZoneId;
    this.hasMutualTls = mutualTls.truststoreUri !== undefined;
  }
}

type MutualTls = Omit<Domain, "domainName" | "certificateArn" | "basePath">;

function mutualTlsConfig({
  truststoreUri,
  truststoreVersion,
  ownershipVerificationCertificateArn,
}: MutualTls) {
  if (truststoreUri === undefined) return {};
  return {
    mutualTlsAuthentication: { truststoreUri, truststoreVersion },
    ownershipVerificationCertificateArn,
  };
}
