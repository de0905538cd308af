import { atAddress } from "../../../../local/terraform/terraform-resource";
import { readResources } from "../../../../local/terraform/read-stack";

it("a text on whose content answers depend must be known", () => {
  const aws_api_gateway_method = { M: { http_method: "${random_pet.p.id}", authorization: "NONE" } };
  const document = { resource: { random_pet: { p: {} }, aws_api_gateway_method } };
  const [method] = readResources({ document, environment: {} }).resources.ofType("aws_api_gateway_method");
  expect(method?.knownText("authorization")).toBe("NONE");
  expect(() => atAddress("here", () => method?.knownText("http_method"))).toThrow(
    "aws_api_gateway_method.M.http_method: needs random_pet.p.id, which is known only after an apply",
  );
});
