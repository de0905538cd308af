import {
  type DomainName,
  GetBasePathMappingsCommand,
  GetDomainNamesCommand,
} from "@aws-sdk/client-api-gateway";
import { awsClients } from "../support/deploy/aws-clients";
import { startAwsRecorder } from "../support/deploy/aws-recorder";
import { awsSnapshot } from "../support/deploy/aws-snapshot";
import { ChangingStack } from "../support/deploy/changing-stack";
import { deployContext } from "../support/deploy/deploy-context";
import { describeDeploy } from "../support/deploy/describe-deploy";
import { describeRestApi } from "../support/deploy/rest-api-description";
import { succeeded } from "../support/deploy/succeeded";
import { createWebAcl } from "../support/deploy/web-acl";

const CERTIFICATE = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-0000-4000-8000-000000000000";
const DOMAIN = { domain_name: "api.shop.example", certificate_arn: CERTIFICATE, base_path: "orders" };
const LISTS = { allowed_ip_addresses: ["192.0.2.0/24", "2001:db8::/32"], denied_ip_addresses: ["192.0.2.7"] };
const ENDPOINTS = ["vpce-0a1b2c3d4e5f60718"];

describeDeploy("what stands before a deployed API", () => {
  let stack: ChangingStack;
  let before: unknown;
  const snapshot = () => awsSnapshot(stack.workspace.aws);
  const described = () => describeRestApi(stack.workspace.aws);

  async function domains(): Promise<readonly DomainName[]> {
    const { apiGateway } = awsClients(stack.workspace.aws);
    const { items = [] } = await apiGateway.send(new GetDomainNamesCommand({}));
    return items;
  }

  beforeAll(async () => {
    stack = await ChangingStack.deploy();
    before = await snapshot();
  });

  afterAll(() => stack.workspace.close());

  test("reaches AWS: the policy, the domain, its mapping, the web ACL and the closed URL", async () => {
    const webAclArn = await createWebAcl(stack.workspace.aws, "shop");
    const { deploymentIds } = await described();
    await stack.applyOnly({
      ...LISTS,
      custom_domain: DOMAIN,
      disable_execute_api_endpoint: true,
      web_acl_arn: webAclArn,
    });
    const changed = await described();
    expect(changed.api.disableExecuteApiEndpoint).toBe(true);
    expect(changed.api.policy).toContain("192.0.2.0");
    expect(changed.deploymentIds).not.toEqual(deploymentIds);
    expect(changed.stages).toEqual([expect.objectContaining({ webAclArn })]);
    expect(await domains()).toEqual([
      expect.objectContaining({ domainName: DOMAIN.domain_name, securityPolicy: "TLS_1_2" }),
    ]);
    const { apiGateway } = awsClients(stack.workspace.aws);
    const { items } = await apiGateway.send(
      new GetBasePathMappingsCommand({ domainName: DOMAIN.domain_name }),
    );
    expect(items).toEqual([{ basePath: "orders", restApiId: changed.api.id, stage: "prod" }]);
    await stack.expectNothingToChange();
  });

  test("changes in place, and the API is deployed again", async () => {
    const { api, deploymentIds } = await described();
    await stack.apply({ change: "the deny list", params: { denied_ip_addresses: ["192.0.2.8"] } });
    const changed = await described();
    expect(changed.api.id).toBe(api.id);
    expect(changed.api.policy).toContain("192.0.2.8");
    expect(changed.deploymentIds).not.toEqual(deploymentIds);
    await stack.expectNothingToChange();
  });

  test("goes with a stage that is made anew, and stands before the new one", async () => {
    await stack.apply({ change: "the stage's name", params: { stage_name: "live" } });
    const { stages } = await described();
    expect(stages).toEqual([
      expect.objectContaining({ stageName: "live", webAclArn: expect.anything() as string }),
    ]);
    await stack.expectNothingToChange();
  });

  test("leaves AWS as it was before, though the policy goes after the API is deployed again", async () => {
    const recorder = await startAwsRecorder(stack.workspace.aws.endpoint);
    stack.workspace.environment.AWS_ENDPOINT_URL = recorder.url;
    await stack.applyOnly({});
    stack.workspace.environment.AWS_ENDPOINT_URL = stack.workspace.aws.endpoint;
    recorder.close();
    const { api } = await described();
    const path = `arn:aws:apigateway:eu-central-1::/restapis/${api.id}`;
    const changes = recorder.takeCalls().filter(({ action }) => /:(POST|PATCH)$/.test(action));
    // What docs/network.md warns of: the new deployment still has the policy in it.
    expect(changes.map(({ action, resource }) => `${action} ${resource.replace(path, "")}`)).toEqual([
      "apigateway:PATCH ",
      "apigateway:POST /deployments",
      "apigateway:POST /stages",
      "apigateway:PATCH ",
    ]);
    expect(await domains()).toEqual([]);
    expect(await snapshot()).toEqual(before);
    await stack.expectNothingToChange();
  });

  test("Terraform knows what the emulated AWS does not have: mutual TLS, and a client certificate", async () => {
    stack.workspace.project.configure(
      deployContext({
        "auth-stack": {
          custom_domain: {
            ...DOMAIN,
            truststore_uri: "s3://shop/truststore.pem",
            truststore_version: "1",
            ownership_verification_certificate_arn: CERTIFICATE,
          },
          disable_execute_api_endpoint: true,
          client_certificate: true,
        },
      }),
    );
    await stack.workspace.synth();
    const { output } = await succeeded(stack.terraform("plan", "-input=false"));
    expect(output).toContain("aws_api_gateway_client_certificate");
    expect(output).toContain("truststore_uri");
  });

  test("a private API takes the place of the regional one, with a policy, and gives it back", async () => {
    const { api: regional } = await described();
    await stack.applyOnly({ vpc_endpoint_ids: ENDPOINTS });
    const { api, deploymentIds } = await described();
    expect(api.id).not.toBe(regional.id);
    expect(api.endpointConfiguration).toMatchObject({ types: ["PRIVATE"], vpcEndpointIds: ENDPOINTS });
    expect(api.policy).toContain("aws:SourceVpce");
    expect(deploymentIds).toHaveLength(1);
    await stack.expectNothingToChange();
    await stack.applyOnly({});
    const back = await described();
    expect(back.api.endpointConfiguration).toMatchObject({ types: ["REGIONAL"] });
    expect(back.api.policy).toBeUndefined();
    await stack.expectNothingToChange();
  });
});
