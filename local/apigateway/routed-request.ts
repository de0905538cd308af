import type { Resource, Stage } from "../terraform/stack-model";
import { ReceivedRequest } from "./received-request";

/** A request that has found its method: what all steps after `route` read. */
export class RoutedRequest extends ReceivedRequest {
  readonly stage: Stage;
  readonly resource: Resource;
  /** What policies name this request by: `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<VERB>/<path>`. */
  readonly methodArn: string;
  /** What its mapping templates' author should know, gathered as they are rendered. */
  readonly templateNotes = new Set<string>();
  override readonly pathParameters: Readonly<Record<string, string>>;
  override readonly stageVariables: Readonly<Record<string, string>>;

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
