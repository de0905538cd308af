import type { Resource, Stage } from "../terraform/stack-model";
import { ReceivedRequest } from "./received-request";

/** A request that has found its method: what all steps after `route` read. */
export class RoutedRequest extends ReceivedRequest {
  public readonly stage: Stage;
  public readonly resource: Resource;
  /** What policies name this request by: `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<VERB>/<path>`. */
  public readonly methodArn: string;
  /** What its mapping templates' author should know, gathered as they are rendered. */
  public readonly templateNotes = new Set<string>();
  public override readonly pathParameters: Readonly<Record<string, string>>;
  public override readonly stageVariables: Readonly<Record<string, string>>;

  constructor(
    received: ReceivedRequest,
    route: Pick<RoutedRequest, "stage" | "resource" | "methodArn" | "pathParameters">,
  ) {
    super(received);
    this.stage = route.stage;
    this.resource = route.resource;
    this.methodArn = route.methodArn;
    this.pathParameters = route.pathParameters;
    this.stageVariables = route.stage.variables;
  }
}
