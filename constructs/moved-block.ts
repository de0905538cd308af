import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";

/** Props of {@link MovedBlock}. */
export interface MovedBlockProps {
  /** Address at which the state may have the resource. */
  readonly from: string;
  /** Address at which the configuration has it. */
  readonly to: string;
}

/**
 * A `moved` block: what the state has at one address is taken for what the configuration has at the other. Where the state has
 * nothing there, it does nothing.
 * @see https://developer.hashicorp.com/terraform/language/modules/develop/refactoring
 */
export class MovedBlock extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly block: MovedBlockProps,
  ) {
    super(scope, id);
  }

  public override toTerraform(): unknown {
    const { from, to } = this.block;
    return { moved: [{ from, to }] };
  }
}
