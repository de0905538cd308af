import { toText } from "../../expression/value";
import type { TerraformResource } from "../../terraform-resource";
import type { AttributeTable, ComputedContext } from "./attribute-table";

/** Certificates, whose names to validate are often what a `for_each` goes over. */
export const ACM_ATTRIBUTES: AttributeTable = {
  aws_acm_certificate: { domain_validation_options: validationOptions },
};

const OF_THE_RECORD = ["resource_record_name", "resource_record_type", "resource_record_value"];

/**
 * One for each name of a certificate that is validated by DNS: a plan knows the names, and nothing of the records.
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/acm_certificate#domain_validation_options
 */
function validationOptions(certificate: TerraformResource, { standIns }: ComputedContext): unknown {
  if (certificate.given("validation_method") !== "DNS") return [];
  const others = certificate.given("subject_alternative_names") ?? [];
  const names = new Set([certificate.text("domain_name"), ...[others].flat().map(toText)]);
  return Array.from(names, (name) => ({
    domain_name: name,
    ...Object.fromEntries(
      OF_THE_RECORD.map((attribute) => [
        attribute,
        standIns.at(`${certificate.address}.domain_validation_options[${JSON.stringify(name)}].${attribute}`),
      ]),
    ),
  }));
}
