import type { Construct } from "constructs";
import type { Authorization, AuthorizationKind } from "../constructs/authorizer/authorization";
import { AUTHORIZATION_SETTINGS } from "../constructs/authorizer/authorization";
import { AuthorizerFunction } from "../constructs/authorizer/authorizer-function";
import { CognitoAuthorizer } from "../constructs/authorizer/cognito-authorizer";
import { IamAuthorization } from "../constructs/authorizer/iam-authorization";
import type { LambdaAuthorizer } from "../constructs/authorizer/lambda-authorizer";
import { RequestAuthorizer } from "../constructs/authorizer/request-authorizer";
import { TokenAuthorizer } from "../constructs/authorizer/token-authorizer";
import type { AwsLocation } from "../constructs/aws-location";
import type { QueueLeveling } from "../constructs/queue-leveling";
import { checked } from "../constructs/setting";
import type { AuthStackProps } from "./auth-stack";
import type { CurlExample } from "./curl-example";
import { authorizerLambdaArnVariable, authorizerTokenVariable } from "./variables";

/** What protects a stack's methods, and what its user is told of it. */
export interface Protection {
  readonly authorizer: Authorization;
  /** What a first request has. */
  readonly curl: CurlExample;
  /** Outputs beside those of every stack. */
  readonly outputs: (leveling: QueueLeveling) => Readonly<Record<string, Output>>;
}

interface Output {
  readonly value: string | readonly string[];
  readonly description: string;
}

interface ProtectionProps extends AuthStackProps {
  readonly location: AwsLocation;
  /** The stack's name with its environment. */
  readonly name: string;
}

type Create = (stack: Construct, props: ProtectionProps) => Protection;

/** Makes the kind of authorization that the settings ask for. */
export function createProtection(stack: Construct, props: ProtectionProps): Protection {
  const { authorization } = checked(stack, AUTHORIZATION_SETTINGS, props);
  return CREATE[authorization](stack, props);
}

/** Each kind has a construct id of its own: API Gateway can't turn one kind of authorizer into another. */
const CREATE: Readonly<Record<AuthorizationKind, Create>> = {
  TOKEN(stack, props) {
    const lambda = { ...props, authorizerLambdaArn: functionArn(stack, props) };
    const authorizer = new TokenAuthorizer(stack, "Authorizer", lambda);
    const { authorizerFunctionFolder: folder, authorizerTokenSecretArn: secret } = props;
    const ownToken = secret === undefined ? "$TF_VAR_authorizer_token" : "$AUTHORIZER_TOKEN";
    const token = folder === undefined ? "testtoken" : ownToken;
    return {
      authorizer,
      curl: { headers: authorizer.headers.map((header) => `${header}: ${token}`) },
      outputs: () => permissionOutput(authorizer),
    };
  },
  REQUEST(stack, props) {
    const lambda = { ...props, authorizerLambdaArn: functionArn(stack, props) };
    const authorizer = new RequestAuthorizer(stack, "RequestAuthorizer", lambda);
    const sources = props.authorizerIdentitySources ?? [];
    const parameters = sources.flatMap((source) => ("query" in source ? [`${source.query}=value`] : []));
    return {
      authorizer,
      curl: { headers: authorizer.headers.map((header) => `${header}: value`), query: parameters.join("&") },
      outputs: () => permissionOutput(authorizer),
    };
  },
  COGNITO_USER_POOLS(stack, props) {
    const authorizer = new CognitoAuthorizer(stack, "CognitoAuthorizer", props);
    const token = (props.authorizationScopes ?? []).length === 0 ? "$ID_TOKEN" : "$ACCESS_TOKEN";
    const headers = authorizer.headers.map((header) => `${header}: ${token}`);
    return { authorizer, curl: { headers }, outputs: () => ({}) };
  },
  AWS_IAM(stack, { location, batch = false, largeBodies = false, receive = false }) {
    const authorizer = new IamAuthorization(stack, "IamAuthorization");
    const signed = `--aws-sigv4 "aws:amz:${location.regionName}:execute-api"`;
    return {
      authorizer,
      curl: {
        options: [`${signed} --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"`],
        // curl leaves a header without a value out: only temporary credentials have the token.
        headers: ["X-Amz-Security-Token: $AWS_SESSION_TOKEN"],
      },
      outputs: ({ stageName, resourcePath }) => ({
        invoke_arns: {
          value: [
            resourcePath,
            ...(batch ? [`${resourcePath}/batch`] : []),
            ...(largeBodies ? [`${resourcePath}/large`] : []),
          ].map((path) => authorizer.invokeArn(stageName, path)),
          description: "ARNs on which callers' policies have to allow execute-api:Invoke.",
        },
        ...(receive !== false && {
          receive_invoke_arns: {
            value: [
              authorizer.invokeArn(stageName, resourcePath, "GET"),
              authorizer.invokeArn(stageName, resourcePath, "DELETE"),
              `${authorizer.invokeArn(stageName, resourcePath, "DELETE")}/*`,
              authorizer.invokeArn(stageName, `${resourcePath}/visibility`),
            ],
            description: "The same, for the policies of consumers that receive by HTTP.",
          },
        }),
      }),
    };
  },
};

/** The given function, or one that the stack makes. */
function functionArn(stack: Construct, props: ProtectionProps): string {
  const { authorizerFunctionFolder, authorizerTokenSecretArn, authorizerLambdaArn, name } = props;
  if (authorizerFunctionFolder === undefined) {
    return authorizerLambdaArnVariable(stack, authorizerLambdaArn).stringValue;
  }
  const hasSecret = authorizerTokenSecretArn !== undefined;
  return new AuthorizerFunction(stack, "AuthorizerFunction", {
    ...props,
    authorizerFunctionFolder,
    functionName: `queue-leveling-${name}`,
    token: hasSecret ? undefined : authorizerTokenVariable(stack).stringValue,
  }).functionArn;
}

function permissionOutput({ permissionCommand }: LambdaAuthorizer): Readonly<Record<string, Output>> {
  if (permissionCommand === undefined) return {};
  return {
    authorizer_permission_command: {
      value: permissionCommand,
      description:
        "What the owner of the authorizer's function runs, once: until then every request is answered 500.",
    },
  };
}
