import { renderTemplate } from "../../expression/functions/template-functions";
import { toObject } from "../../expression/value";
import type { TerraformResource } from "../../terraform-resource";
import type { AttributeTable, ComputedContext } from "./attribute-table";

/** Resources and data sources that need no service: templates, and values that are handed on. */
export const LOCAL_ATTRIBUTES: AttributeTable = {
  "data.template_file": { rendered },
  terraform_data: { output: (data) => data.given("input") },
};

/** @see https://registry.terraform.io/providers/hashicorp/template/latest/docs/data-sources/file */
function rendered(data: TerraformResource, { functions }: ComputedContext): unknown {
  return renderTemplate(data.text("template"), toObject(data.given("vars") ?? {}), functions);
}
