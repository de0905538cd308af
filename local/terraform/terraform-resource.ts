/** A resource or data source with its values, whether they come from Terraform JSON or from a state. */
export interface TerraformResource {
  /** With index or key where the resource has several instances: `aws_sqs_queue.Queue["a"]`. */
  readonly address: string;
  readonly type: string;
  /** Value that the configuration or the state holds; undefined if there is none. */
  given(name: string): unknown;
  /** As `given`, or else the value that AWS would have computed; throws `StackError` if that can't be known. */
  attribute(name: string): unknown;
}

/** All resources of a stack. */
export interface TerraformResources {
  /** Types of the managed resources, each once. */
  readonly types: readonly string[];
  /** Managed resources of one type, in the order of the document. Expanding `count` or `for_each` may throw `StackError`. */
  ofType(type: string): readonly TerraformResource[];
}
