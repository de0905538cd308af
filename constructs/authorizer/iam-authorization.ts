import { Construct } from "constructs";
import type { RestApiReference } from "../api/target-api";
import { attached, refuseSecondApi } from "./attached";
import type { Authorization, AuthorizationFacts } from "./authorization";

/** What a caller sends: a signature, its time, and the token of temporary credentials. */
export const IAM_FACTS: AuthorizationFacts = {
  headers: ["Authorization", "X-Amz-Date", "X-Amz-Security-Token"],
  context: "nothing",
};

/**
 * Authorization of kind `AWS_IAM`: callers sign with credentials whose policies allow `execute-api:Invoke` on
 * {@link IamAuthorization.invokeArn}. It makes no resource: the methods say it.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/permissions.html
 */
export class IamAuthorization extends Construct implements Authorization {
  public readonly headers = IAM_FACTS.headers;
  public readonly context = IAM_FACTS.context;
  public readonly hasPolicy = true;
  public readonly principal = "identity.userArn";
  public readonly methodConfig = { authorization: "AWS_IAM" };
  public readonly triggers = {};
  private restApi?: RestApiReference;

  public attachTo(restApi: RestApiReference): void {
    refuseSecondApi(this, this.restApi);
    this.restApi = restApi;
  }

  /**
   * ARN of a method at `path` of a stage, for callers' policies. IAM sees what a caller sent for a path parameter, not its name.
   * Throws before {@link attachTo}.
   */
  public invokeArn(stageName: string, path: string, verb = "POST"): string {
    const sent = path.replace(/[/][{][A-Za-z0-9._-]+[}]/g, "/*");
    return `${attached(this, this.restApi).executionArn}/${stageName}/${verb}${sent}`;
  }
}
