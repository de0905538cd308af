import { TerraformResource, type TerraformVariable } from "cdktf";
import { Construct } from "constructs";

/** Props of {@link DeployedRegion}. */
export interface DeployedRegionProps {
  /** The Region that is asked for. */
  readonly variable: TerraformVariable;
}

/**
 * The Region in which the stack is deployed, as the state remembers it: the first apply writes it down, and later ones
 * leave it. A plan for another Region is refused. The provider goes by this Region, too, whatever is asked for: elsewhere
 * it would take the stack's resources for deleted, and Terraform would forget a live API and its queue. So a destroy, or
 * a plan that only refreshes, finds them in any case.
 *
 * `terraform_data` is Terraform's own: no refresh asks AWS for it.
 * @see https://developer.hashicorp.com/terraform/language/resources/terraform-data
 */
export class DeployedRegion extends Construct {
  public readonly regionName: string;

  constructor(scope: Construct, id: string, { variable }: DeployedRegionProps) {
    super(scope, id);
    const asked = `var.${variable.friendlyUniqueId}`;
    // Not CDKTF's DataResource, which runs `terraform version` at synthesis.
    const region = new TerraformResource(this, "Region", {
      terraformResourceType: "terraform_data",
      lifecycle: {
        ignoreChanges: ["input"],
        postcondition: [
          {
            condition: `\${self.input == ${asked}}`,
            errorMessage: `aws_region_name: is another Region than the stack is deployed in, got \${${asked}}; allowed is \${self.input}. Set it back. To move, drain the queue and destroy the stack first; to have both, deploy the other Region with a state of its own.`,
          },
        ],
      },
    });
    region.addOverride("input", variable.stringValue);
    this.regionName = region.getStringAttribute("input");
  }
}
