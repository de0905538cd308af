import { TerraformElement, type TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/** Props of {@link ImportBlock}. */
export interface ImportBlockProps {
  /** The resource that takes it into the state. */
  readonly to: TerraformResource;
  /** What the provider knows it by; a literal, since Terraform 1.5 takes no expression here. */
  readonly importId: string;
}

/**
 * An `import` block: what exists goes into the state at the next apply. For what is there already, it does nothing.
 *
 * Not CDKTF's `importFrom`, which runs `terraform version` at synthesis.
 * @see https://developer.hashicorp.com/terraform/language/import
 */
export class ImportBlock extends TerraformElement {
  private readonly block: { readonly to: string; readonly id: string };

  constructor(scope: Construct, id: string, { to, importId }: ImportBlockProps) {
    super(scope, id);
    this.block = { to: `${to.terraformResourceType}.${to.friendlyUniqueId}`, id: importId };
  }

  public override toTerraform(): unknown {
    return { import: [this.block] };
  }
}
