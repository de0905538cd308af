import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { AwsLocation } from "../../constructs/aws-location";

test("a Region that is none is told", () => {
  const stack = new TerraformStack(Testing.app(), "shop");
  expect(() => new AwsLocation(stack, "Location", { regionName: "mars" })).toThrow(
    'shop/Location.regionName: is not valid, got "mars"; the name of an AWS Region. Write for example "eu-central-1".',
  );
});

test("a Region may be a Terraform variable", () => {
  const stack = new TerraformStack(Testing.app(), "shop");
  const { stringValue } = new TerraformVariable(stack, "region", { type: "string" });
  expect(new AwsLocation(stack, "Location", { regionName: stringValue }).regionName).toBe(stringValue);
});
