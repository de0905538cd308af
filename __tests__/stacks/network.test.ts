import { type Synthesized, synthesizedAuthStack, synthesizedNoAuthStack } from "../support/synthesized";

const ENDPOINT = "vpce-0a1b2c3d4e5f60718";
const CERTIFICATE = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-0000-4000-8000-000000000000";
const WEB_ACL =
  "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/shop/0a1b2c3d-0000-4000-8000-000000000000";
const DOMAIN = { domainName: "api.shop.example", certificateArn: CERTIFICATE };
const MUTUAL_TLS = { ...DOMAIN, truststoreUri: "s3://shop/truststore.pem" };

/** The value of an output, with the path part of `/sqs` filled in. */
const output = ({ json }: Synthesized, name: string) =>
  (json.output?.[name]?.value as unknown as string).replace(
    /\$\{aws_api_gateway_resource\.\w+\.path_part\}/g,
    "sqs",
  );
const address = (stack: Synthesized, type: string) => `${type}.${stack.only(type).name_in_terraform}`;

describe("the REST API", () => {
  test("says by default that it is regional and that its own URL is open", () => {
    expect(synthesizedNoAuthStack().only("aws_api_gateway_rest_api")).toMatchObject({
      endpoint_configuration: { types: ["REGIONAL"] },
      disable_execute_api_endpoint: false,
    });
  });

  test("has no other attributes by default: none says an old provider what it does not know", () => {
    const attributes = Object.keys(synthesizedNoAuthStack().only("aws_api_gateway_rest_api"));
    expect(attributes).not.toContain("security_policy");
    expect(attributes).not.toContain("endpoint_access_mode");
  });

  test("is redeployed when its own URL is closed", () => {
    const triggers = (disableExecuteApiEndpoint: boolean) =>
      synthesizedNoAuthStack({ customDomain: DOMAIN, disableExecuteApiEndpoint }).only(
        "aws_api_gateway_deployment",
      ).triggers;
    expect(triggers(true)).not.toEqual(triggers(false));
  });
});

describe("a private API", () => {
  const stack = synthesizedAuthStack({ vpcEndpointIds: [ENDPOINT, "vpce-0000000f"] });

  test("names its VPC endpoints", () => {
    expect(stack.only("aws_api_gateway_rest_api").endpoint_configuration).toEqual({
      types: ["PRIVATE"],
      vpc_endpoint_ids: [ENDPOINT, "vpce-0000000f"],
    });
  });

  test("is another resource than a regional one, so that neither becomes the other", () => {
    expect(address(stack, "aws_api_gateway_rest_api")).not.toBe(
      address(synthesizedAuthStack(), "aws_api_gateway_rest_api"),
    );
  });

  test("is called through its first endpoint, with and without private DNS", () => {
    const api = address(stack, "aws_api_gateway_rest_api");
    const stage = address(stack, "aws_api_gateway_stage");
    expect(output(stack, "api_url")).toMatch(
      new RegExp(
        String.raw`^https://\$\{${api}\.id\}-${ENDPOINT}\.execute-api\..+/\$\{${stage}\.stage_name\}/sqs$`,
      ),
    );
    expect(output(stack, "curl_example")).toContain(output(stack, "api_url"));
  });
});

describe("a custom domain", () => {
  const stack = synthesizedAuthStack({ customDomain: { ...DOMAIN, basePath: "orders" } });

  test("is regional and speaks TLS 1.2 or newer", () => {
    expect(stack.only("aws_api_gateway_domain_name")).toMatchObject({
      domain_name: DOMAIN.domainName,
      regional_certificate_arn: CERTIFICATE,
      endpoint_configuration: { types: ["REGIONAL"] },
      security_policy: "TLS_1_2",
    });
  });

  test("leads to the stage, and goes from it before the stage is made anew", () => {
    const stage = address(stack, "aws_api_gateway_stage");
    expect(stack.only("aws_api_gateway_base_path_mapping")).toMatchObject({
      stage_name: `\${${stage}.stage_name}`,
      base_path: "orders",
      lifecycle: { replace_triggered_by: [`${stage}.id`] },
    });
  });

  test("is where callers go, and the outputs tell what its DNS record is", () => {
    const domain = address(stack, "aws_api_gateway_domain_name");
    expect(output(stack, "api_url")).toBe("https://api.shop.example/orders/sqs");
    expect(output(stack, "custom_domain_target")).toBe(`\${${domain}.regional_domain_name}`);
    expect(output(stack, "custom_domain_zone_id")).toBe(`\${${domain}.regional_zone_id}`);
  });

  test("is the whole domain without a base path", () => {
    expect(output(synthesizedNoAuthStack({ customDomain: DOMAIN }), "api_url")).toBe(
      "https://api.shop.example/sqs",
    );
  });

  test("is no part of the deployment", () => {
    const triggers = (one: Synthesized) => one.only("aws_api_gateway_deployment").triggers;
    expect(triggers(stack)).toEqual(triggers(synthesizedAuthStack()));
  });

  test("asks callers for a certificate", () => {
    const mutual = synthesizedNoAuthStack({
      customDomain: {
        ...MUTUAL_TLS,
        truststoreVersion: "1",
        ownershipVerificationCertificateArn: CERTIFICATE,
      },
      disableExecuteApiEndpoint: true,
    });
    expect(mutual.only("aws_api_gateway_domain_name")).toMatchObject({
      mutual_tls_authentication: { truststore_uri: MUTUAL_TLS.truststoreUri, truststore_version: "1" },
      ownership_verification_certificate_arn: CERTIFICATE,
    });
    expect(output(mutual, "curl_example")).toContain(" --cert client.pem --key client.key ");
  });

  test("may lead to an API that is there already, where the stage is the stack's", () => {
    const existing = { existingRestApiId: "a1b2c3d4e5", stageName: "v1", existingRestApiParentPath: "/shop" };
    const api = synthesizedNoAuthStack({ ...existing, deployExistingRestApi: true, customDomain: DOMAIN });
    expect(api.only("aws_api_gateway_base_path_mapping").api_id).toBe("a1b2c3d4e5");
    expect(output(api, "api_url")).toBe("https://api.shop.example/shop/sqs");
  });
});

test("a web ACL is associated with the stage", () => {
  const stack = synthesizedNoAuthStack({ webAclArn: WEB_ACL });
  expect(stack.only("aws_wafv2_web_acl_association")).toMatchObject({
    resource_arn: `\${${address(stack, "aws_api_gateway_stage")}.arn}`,
    web_acl_arn: WEB_ACL,
  });
});

test("a client certificate is the stage's, and no part of the deployment", () => {
  const stack = synthesizedNoAuthStack({ clientCertificate: true });
  expect(stack.only("aws_api_gateway_stage").client_certificate_id).toBe(
    `\${${address(stack, "aws_api_gateway_client_certificate")}.id}`,
  );
  const { triggers } = synthesizedNoAuthStack().only("aws_api_gateway_deployment");
  expect(stack.only("aws_api_gateway_deployment").triggers).toEqual(triggers);
});

describe("a security policy", () => {
  const provider = ({ json }: Synthesized) => json.terraform?.required_providers?.aws?.version;

  test("is strict unless said otherwise, and asks for a provider that knows it", () => {
    const stack = synthesizedNoAuthStack({ securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09" });
    expect(stack.only("aws_api_gateway_rest_api")).toMatchObject({
      security_policy: "SecurityPolicy_TLS13_1_3_2025_09",
      endpoint_access_mode: "STRICT",
    });
    expect(provider(stack)).toBe(">= 6.54.0, < 7.0.0");
    expect(provider(synthesizedNoAuthStack())).toBe(">= 5.100.0, < 7.0.0");
  });

  test("of the old kind has no access mode", () => {
    const api = synthesizedNoAuthStack({ securityPolicy: "TLS_1_2" }).only("aws_api_gateway_rest_api");
    expect(api.security_policy).toBe("TLS_1_2");
    expect(api).not.toHaveProperty("endpoint_access_mode");
  });
});

test.each([
  ["a certificate", "aws_api_gateway_domain_name", "custom_domain.certificate_arn"],
  ["a web ACL", "aws_wafv2_web_acl_association", "web_acl_arn"],
])("Terraform refuses %s of another Region than the variable's", (_what, type, setting) => {
  const stack = synthesizedNoAuthStack({ customDomain: DOMAIN, webAclArn: WEB_ACL });
  expect(stack.only(type).lifecycle).toMatchObject({
    precondition: [
      {
        condition: '${("eu-central-1" == var.aws_region_name)}',
        error_message: expect.stringMatching(new RegExp(`^${setting}: is in another Region`)) as string,
      },
    ],
  });
});
