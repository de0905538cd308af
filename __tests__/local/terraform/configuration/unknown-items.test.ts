import { readResources, readStack } from "../../../../local/terraform/read-stack";

/** Names of the queues of a stack in which `local.known` is a list, and `local.map` a map, with items that only an apply knows. */
function queueNames(queue: Record<string, unknown>): readonly string[] {
  const document = {
    provider: { aws: { region: "eu-west-1" } },
    locals: {
      list: ["a", "${random_pet.p.id}", "${random_pet.q.id}"],
      map: { a: "x", b: "${random_pet.p.id}" },
    },
    resource: { random_pet: { p: {}, q: {} }, aws_sqs_queue: { Q: queue } },
  };
  const { queues } = readStack({ document, name: "s", environment: {}, accountId: "123456789012" });
  return queues.map(({ name }) => name);
}

const TOKEN = "stand-in-[a-z0-9]{12}";

it.each([
  ["n${length(local.list)}", /^n3$/],
  ["n${length(concat(local.list, local.list))}", /^n6$/],
  ['${join("-", [for item in local.list : item if true])}', new RegExp(`^a-${TOKEN}-${TOKEN}$`)],
  ['${join("-", keys(merge(local.map, { c = "y" })))}', /^a-b-c$/],
  ['${merge(local.map, { a = "z" }).a}', /^z$/],
  ['${lookup(local.map, "a", "none")}', /^x$/],
  ['${lookup({ (random_pet.p.id) = "x" }, random_pet.p.id, "none")}', /^x$/],
])("%s does not need what is in the list or map", (name, expected) => {
  expect(queueNames({ name })).toEqual([expect.stringMatching(expected)]);
});

it("a for_each over a map needs its keys, and not what is behind them", () => {
  const for_each = "${{ for key, value in local.map : key => value }}";
  expect(queueNames({ for_each, name: "${each.key}" })).toEqual(["a", "b"]);
});

it.each([
  "n${length(random_pet.p.id)}",
  "n${length(compact(local.list))}",
  'n${contains(local.list, "b")}',
  'n${join("-", sort(local.list))}',
  'n${lookup(local.map, random_pet.p.id, "none")}',
  'n${lookup({ (random_pet.p.id) = "x" }, "a", "none")}',
  'n${try(local.map[random_pet.p.id], "none")}',
  'n${try({ (random_pet.p.id) = "x" }.a, "none")}',
])("%s needs the items themselves", (name) => {
  expect(() => queueNames({ name })).toThrow(
    /^aws_sqs_queue\.Q\.name: needs random_pet\.[pq]\.id, which is known only after an apply/,
  );
});

it("a for_each over a set needs all that is in it", () => {
  expect(() => queueNames({ for_each: "${toset([random_pet.p.id])}", name: "${each.key}" })).toThrow(
    "aws_sqs_queue.Q.for_each: needs random_pet.p.id",
  );
});

it("a text that only an apply knows is told as such where its form counts", () => {
  const aws_sqs_queue = { Q: { name: "a-${random_pet.p.id}" } };
  const document = { resource: { random_pet: { p: {} }, aws_sqs_queue } };
  const [queue] = readResources({ document, environment: {} }).resources.ofType("aws_sqs_queue");
  expect(() => queue?.oneOf("name", ["a", "b"], "a")).toThrow(
    "aws_sqs_queue.Q.name: needs random_pet.p.id, which is known only after an apply. " +
      "Give it by --stand-in 'random_pet.p.id=<value>', or give the output of `terraform show -json` after an apply",
  );
});

it.each([
  'n${lookup({ a = "x" }, random_pet.p.id, "none")}',
  'n${try({ a = "x" }[random_pet.p.id], "none")}',
  "n${can(random_pet.p.id.name)}",
  'n${can({ a = "x" }[random_pet.p.id])}',
  'n${length(split(",", random_pet.p.id))}',
  "n${length({ a = 1, (random_pet.p.id) = 2 })}",
  'n${join("-", values({ a = 1, (random_pet.p.id) = 2 }))}',
  'n${join("-", [for key, value in { a = 1, (random_pet.p.id) = 2 } : value])}',
  'n${sha1(random_pet.p.id) == "a" ? 1 : 2}',
  'n${replace(random_pet.p.id, "-", "_") == "a" ? 1 : 2}',
])("%s guesses nothing", (name) => {
  expect(() => queueNames({ name })).toThrow(
    /^aws_sqs_queue\.Q\.name: needs random_pet\.p\.id(?:\.name)?, which is known only after an apply/,
  );
});

it.each([
  'replace(random_pet.p.id, "-", "_")',
  'trimprefix(random_pet.p.id, "stand")',
  "sha1(random_pet.p.id)",
  "base64encode(random_pet.p.id)",
  'split("-", random_pet.p.id)[1]',
  'format("%.3s", random_pet.p.id)',
])("what %s makes of a made-up text is known as made-up", (expression) => {
  expect(queueNames({ name: `\${${expression}}` })).toEqual([expect.stringMatching(`^${TOKEN}$`)]);
});

it.each([
  ["list", (item: string) => `[${item}, ${item}]`],
  ["object", (item: string) => `{ a = ${item}, b = ${item} }`],
])("a %s that is doubled again and again is refused before anything goes through it", (_, twice) => {
  const doubled = Array.from({ length: 40 }, (_none, at) => [`l${at + 1}`, `\${${twice(`local.l${at}`)}}`]);
  const document = {
    locals: { l0: "x", ...(Object.fromEntries(doubled) as Record<string, string>) },
    resource: { aws_sqs_queue: { Q: { name: "${local.l40 == local.l40}" } } },
  };
  expect(() => readStack({ document, environment: {} })).toThrow(
    "can't be worked out: it holds more than 1000000 values",
  );
});

it.each(['outputs["name"]', "outputs.name"])(
  "a value that is given for %s counts for both ways to write it",
  (path) => {
    const name =
      '${data.terraform_remote_state.s.outputs.name}${data.terraform_remote_state.s.outputs["name"]}';
    const document = {
      data: { terraform_remote_state: { s: {} } },
      resource: { aws_sqs_queue: { Q: { name } } },
    };
    const standIns = { [`data.terraform_remote_state.s.${path}`]: "q" };
    expect(readStack({ document, environment: {}, standIns }).queues.map((queue) => queue.name)).toEqual([
      "qq",
    ]);
  },
);
