import { ResourceIndex } from "../../../local/terraform/resource-index";
import { TerraformResource } from "../../../local/terraform/terraform-resource";

/** Attributes of resources by their names, and the names that were asked for. */
function resourcesOf(values: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  const asked: string[] = [];
  const resources = Object.entries(values).map(
    ([address, attributes]) =>
      new TerraformResource(
        address,
        "aws_sqs_queue",
        (name) => {
          asked.push(`${address}.${name}`);
          return attributes[name];
        },
        () => undefined,
      ),
  );
  return { asked, index: new ResourceIndex(resources) };
}

const addresses = (resources: readonly TerraformResource[]) => resources.map(({ address }) => address);

test("finds those that have all values, in their order", () => {
  const { index } = resourcesOf({
    first: { api: "a", verb: "POST" },
    second: { api: "b", verb: "POST" },
    third: { api: "a", verb: "GET" },
    fourth: { api: "a", verb: "POST" },
  });
  const found = index.where([
    ["api", "a"],
    ["verb", "POST"],
  ]);
  expect(addresses(found)).toEqual(["first", "fourth"]);
  expect(addresses(index.where([]))).toEqual(["first", "second", "third", "fourth"]);
  expect(index.where([["api", "c"]])).toEqual([]);
});

test("works a text out once, and only of those that match so far", () => {
  const { asked, index } = resourcesOf({ first: { api: "a", verb: "POST" }, second: { api: "b" } });
  for (let times = 0; times < 3; times += 1) {
    index.where([
      ["api", "a"],
      ["verb", "POST"],
    ]);
  }
  expect(asked).toEqual(["first.api", "second.api", "first.verb"]);
});

test("throws for a resource that has no value, each time that it is looked at", () => {
  const { index } = resourcesOf({ first: { api: "a" } });
  const look = () => index.where([["verb", "POST"]]);
  expect(look).toThrow("first.verb: has no value");
  expect(look).toThrow("first.verb: has no value");
});
