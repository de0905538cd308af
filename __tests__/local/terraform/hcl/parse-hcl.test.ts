import { evaluateJson } from "../../../../local/terraform/configuration/evaluate-json";
import { moduleBlocks } from "../../../../local/terraform/configuration/module-blocks";
import { NO_NAMES } from "../../../../local/terraform/expression/expression";
import { parseHcl } from "../../../../local/terraform/hcl/parse-hcl";

/** What a file says, in which every block is a list of bodies. */
async function parsed(...lines: readonly string[]): Promise<unknown> {
  return parseHcl("main.tf", `${lines.join("\n")}\n`);
}

describe("native syntax as JSON", () => {
  it("has blocks by their labels, each a list of bodies, and expressions as templates", async () => {
    const content = await parsed(
      'resource "aws_sqs_queue" "q" {',
      "  name = var.name # of the queue",
      '  tags = { Name = "q-${var.name}", (local.key) = upper("\\"x\\"") }',
      "  block {",
      "    a = 1",
      "  }",
      "  block {",
      "    a = [true, null]",
      "  }",
      "}",
    );
    expect(content).toEqual({
      resource: {
        aws_sqs_queue: {
          q: [
            {
              name: "${var.name}",
              tags: { Name: "q-${var.name}", "${(local.key)}": '${upper("\\"x\\"")}' },
              block: [{ a: 1 }, { a: [true, null] }],
            },
          ],
        },
      },
    });
  });

  it.each([
    [
      "references of meta-arguments",
      'resource "a" "b" {',
      "  provider = aws.west",
      "  depends_on = [a.c, data.a.d]",
      "  lifecycle {",
      "    ignore_changes = [tags, name]",
      "    replace_triggered_by = [a.c.id]",
      "    precondition {",
      "      condition = a.c.ok",
      '      error_message = "x"',
      "    }",
      "  }",
      "}",
      {
        resource: {
          a: {
            b: [
              {
                provider: "aws.west",
                depends_on: ["a.c", "data.a.d"],
                lifecycle: [
                  {
                    ignore_changes: ["tags", "name"],
                    replace_triggered_by: ["a.c.id"],
                    precondition: [{ condition: "${a.c.ok}", error_message: "x" }],
                  },
                ],
              },
            ],
          },
        },
      },
    ],
    [
      "all, as what is ignored",
      'data "a" "b" {',
      "  lifecycle {",
      "    ignore_changes = all",
      "  }",
      "}",
      { data: { a: { b: [{ lifecycle: [{ ignore_changes: "all" }] }] } } },
    ],
    [
      "providers of a module",
      'module "m" {',
      "  providers = { aws = aws.west, aws.other = aws }",
      "  depends_on = [module.n]",
      "  name = aws.west",
      "}",
      {
        module: {
          m: [
            {
              providers: { aws: "aws.west", "aws.other": "aws" },
              depends_on: ["module.n"],
              name: "${aws.west}",
            },
          ],
        },
      },
    ],
    [
      "addresses that have moved",
      "moved {",
      "  from = a.b",
      '  to = module.c["d"].a.b',
      "}",
      { moved: [{ from: "a.b", to: 'module.c["d"].a.b' }] },
    ],
    [
      "types, and defaults as values",
      'variable "v" {',
      "  type = map(object({",
      "    a = optional(number) # one",
      "  }))",
      '  default = { "$${x}" = { a = -1 + 2 }, (1) = null }',
      '  description = "what %%{ is }"',
      "  validation {",
      "    condition = length(var.v) > 0",
      '    error_message = "$${empty}"',
      "  }",
      "}",
      {
        variable: {
          v: [
            {
              type: "map(object({\n    a = optional(number) # one\n  }))",
              default: { "${x}": { a: 1 }, "1": null },
              description: "what %{ is }",
              validation: [{ condition: "${length(var.v) > 0}", error_message: "$${empty}" }],
            },
          ],
        },
      },
    ],
  ])("has %s bare", async (...parts) => {
    const lines = parts.slice(1).filter((part) => typeof part === "string");
    expect(await parsed(...lines)).toEqual(parts.at(-1));
  });

  it("keeps what heredocs say: backslashes, escaped marks, line ends of Windows", async () => {
    const text = 'locals {\r\n  a = <<-EOT\r\n    x\\n "y"\r\n      $${z} ${var.z}\r\n  EOT\r\n}\r\n';
    expect(await parseHcl("main.tf", text)).toEqual({
      locals: [{ a: 'x\\n "y"\r\n  $${z} ${var.z}\r\n' }],
    });
  });

  it.each([
    ['"${"$"}{x}"', "${x}"],
    ['"100%${true ? "y" : "n"}"', "100%y"],
    ['"$ ${~ "x" }"', "$x"],
    ['"a ${true ? "5%" : "10%"} b"', "a 5% b"],
    ['"$${x} %%{ y } 5% $$${z}"', "${x} %{ y } 5% $${z}"],
  ])("keeps marks apart that would mean something else side by side: %s", async (text, value) => {
    const { a } = await parseHcl("terraform.tfvars", `a = ${text}\n`);
    expect(evaluateJson(a, NO_NAMES, "a")).toBe(value);
  });

  it("has each digit of a number that JavaScript would round, as text", async () => {
    expect(
      await parsed("locals {", "  a = [12345678901234567890, -9007199254740993, 9007199254740991]", "}"),
    ).toEqual({
      locals: [{ a: ["12345678901234567890", "-9007199254740993", 9007199254740991] }],
    });
    const alike = parsed("a = 12345678901234567890", "b = 12345678901234567891");
    await expect(alike).rejects.toThrow("main.tf: has long numbers that the local gateway can't tell apart");
  });

  it("has both blocks of labels that come twice, which a module refuses", async () => {
    const content = await parseHcl("main.tf", 'resource "a" "b" {}\nresource "a" "b" {}\n');
    const module = { path: ".", documents: [{ file: "main.tf", content }], modules: new Map() };
    expect(() => moduleBlocks(module)).toThrow("a.b: is declared twice, again in main.tf");
  });

  it.each([
    [
      "a = ",
      "main.tf:1,5: Missing expression; Expected the start of an expression, but found the end of the file",
    ],
    [
      'a = 1\nb = "%{ if c }"\n',
      "main.tf:2,15: Unexpected end of template; The if directive at main.tf:2,6-15 is missing its corresponding endif directive",
    ],
    [
      'a = "${b"\n',
      'main.tf:1,10: Invalid multi-line string; Quoted strings may not be split over multiple lines. To produce a multi-line string, either use the \\n escape to represent a newline character or use the "heredoc" multi-line template syntax\n' +
        "main.tf:1,6: Unclosed template interpolation sequence; There is no closing brace for this interpolation sequence before the end of the quoted template. This might be caused by incorrect nesting inside the given expression",
    ],
    [
      "a = 1\na = 2\n",
      'main.tf:2,1: Attribute redefined; The argument "a" was already set at main.tf:1,1-2. Each argument may be set only once',
    ],
  ])("refuses %j with line, column and Terraform's words", async (text, message) => {
    await expect(parseHcl("main.tf", text)).rejects.toThrow(message);
  });

  it("refuses a default that is none", async () => {
    await expect(parsed('variable "v" {', "  default = local.a", "}")).rejects.toThrow(
      "var.v.default: can't be worked out: local.a can't be used in a variable's value, got \"${local.a}\"",
    );
  });
});

it("leaves values of variables as they are written", async () => {
  const text =
    'a = "$${x}"\nb = { c = [1, !true, -2 + 1], "d" = <<EOT\ne\nEOT\n}\nf = null\nvariable = [{ type = "${x}" }]\n';
  expect(await parseHcl("terraform.tfvars", text)).toEqual({
    a: "$${x}",
    b: { c: [1, false, "${-2 + 1}"], d: "e\n" },
    f: null,
    variable: [{ type: "${x}" }],
  });
});
