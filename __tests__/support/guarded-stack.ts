import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const API = "${aws_api_gateway_rest_api.a.id}";
const POOL = "arn:aws:cognito-idp:eu-central-1:000000000000:userpool/eu-central-1_first";
const OTHER_POOL = "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_second";

/** What every method of the stack answers: who its caller is. */
const ANSWER = `{
  "identity": ["$context.identity.accessKey", "$context.identity.accountId", "$context.identity.caller", "$context.identity.user", "$context.identity.userArn"],
  "claims": ["$context.authorizer.claims.sub", "$context.authorizer.claims['cognito:groups']", "$context.authorizer.claims.email_verified", "$context.authorizer.claims.exp", "$context.authorizer.claims"],
  "id": "$input.params('id')"
}`;

/** A method that a mock answers. */
function method(name: string, resource: string, attributes: object): object {
  const own = {
    rest_api_id: API,
    resource_id: `\${aws_api_gateway_resource.${resource}.id}`,
    http_method: "POST",
  };
  const of = (type: string, body: object) => ({ [type]: { [name]: { ...own, ...body } } });
  return {
    ...of("aws_api_gateway_method", attributes),
    ...of("aws_api_gateway_integration", {
      type: "MOCK",
      request_templates: { "application/json": '{"statusCode": 200}' },
    }),
    ...of("aws_api_gateway_method_response", { status_code: "200" }),
    ...of("aws_api_gateway_integration_response", {
      status_code: "200",
      response_templates: { "application/json": ANSWER },
    }),
  };
}

const METHODS: Readonly<Record<string, object>> = {
  signed: { authorization: "AWS_IAM" },
  guarded: { authorization: "COGNITO_USER_POOLS", authorizer_id: "${aws_api_gateway_authorizer.pools.id}" },
  scoped: {
    authorization: "COGNITO_USER_POOLS",
    authorizer_id: "${aws_api_gateway_authorizer.pools.id}",
    authorization_scopes: ["orders/read", "orders/write"],
  },
  ours: { authorization: "COGNITO_USER_POOLS", authorizer_id: "${aws_api_gateway_authorizer.ours.id}" },
};

function resourceOf(name: string, parent: string): object {
  const parent_id =
    parent === ""
      ? "${aws_api_gateway_rest_api.a.root_resource_id}"
      : `\${aws_api_gateway_resource.${parent}.id}`;
  const path_part = parent === "" ? name : "{id}";
  return { aws_api_gateway_resource: { [name]: { rest_api_id: API, parent_id, path_part } } };
}

/** What differs between the stacks of a test. */
interface GuardedStackOptions {
  /** First segment of its URLs. @default "guarded" */
  readonly name?: string;
  /** Resource policy. */
  readonly policy?: object;
}

/** A stack written by hand whose methods know their callers by AWS's own means. */
export class GuardedStack {
  public readonly folder: string;

  constructor({ name = "guarded", policy }: GuardedStackOptions = {}) {
    this.folder = path.join(mkdtempSync(path.join(tmpdir(), "guarded-")), name);
    const authorizer = (attributes: object) => ({
      rest_api_id: API,
      type: "COGNITO_USER_POOLS",
      provider_arns: [POOL, OTHER_POOL],
      ...attributes,
    });
    const document = {
      provider: { aws: { region: "eu-central-1" } },
      resource: [
        { aws_api_gateway_rest_api: { a: { name: "a", ...(policy && { policy: JSON.stringify(policy) }) } } },
        ...Object.keys(METHODS).map((name) => resourceOf(name, "")),
        resourceOf("one", "signed"),
        {
          aws_api_gateway_authorizer: {
            pools: authorizer({ name: "pools" }),
            ours: authorizer({
              name: "ours",
              identity_validation_expression: "^our-client$",
              identity_source: "method.request.header.X-Id-Token",
            }),
          },
        },
        ...Object.entries(METHODS).map(([name, attributes]) => method(name, name, attributes)),
        method("one", "one", { authorization: "AWS_IAM" }),
        { aws_api_gateway_deployment: { d: { rest_api_id: API } } },
        {
          aws_api_gateway_stage: {
            s: { rest_api_id: API, deployment_id: "${aws_api_gateway_deployment.d.id}", stage_name: "v1" },
          },
        },
      ],
    };
    mkdirSync(this.folder);
    writeFileSync(path.join(this.folder, "main.tf.json"), JSON.stringify(document));
  }

  public remove(): void {
    rmSync(path.dirname(this.folder), { recursive: true });
  }
}
