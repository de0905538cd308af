import { Command, InvalidArgumentError } from "commander";
import fc from "fast-check";
import { MappingTemplateError } from "../../aws/velocity/mapping-template-error";
import { MappingTemplate } from "../../local/apigateway/template/mapping-template";
import { randomTemplate } from "./random-template";
import { VelocityProcess, whatIsMissing } from "./velocity-process";

const { runs, seed } = new Command("npm run oracle --")
  .description(
    "Renders random templates here and in Velocity 1.7, and prints the first on which the two disagree.",
  )
  .option("--runs <count>", "templates to try", whole, 5000)
  .option("--seed <number>", "to try the same templates again", whole, Date.now() % 2 ** 31)
  .parse()
  .opts<{ runs: number; seed: number }>();

const missing = whatIsMissing();
if (missing === undefined) void compare();
else {
  console.log(missing);
  process.exitCode = 77;
}

async function compare(): Promise<void> {
  const velocity = new VelocityProcess();
  const result = await fc.check(
    fc.asyncProperty(randomTemplate, async (template) => {
      const [expected, got] = [await velocity.render(template), render(template)];
      if (expected !== got) throw new Error(`Velocity: ${shown(expected)}\nhere:     ${shown(got)}`);
    }),
    { numRuns: runs, seed },
  );
  velocity.close();
  if (!result.failed) {
    console.log(`${runs} templates render alike (--seed ${seed})`);
    return;
  }
  const cause = result.errorInstance instanceof Error ? result.errorInstance.message : "";
  console.log(
    `${shown(result.counterexample?.[0])}\n${cause}\nTemplate ${result.numRuns} of --seed ${seed}.`,
  );
  process.exitCode = 1;
}

/** Undefined where the template fails. */
function render(template: string): string | undefined {
  try {
    return MappingTemplate.parse(template).render({
      input: { body: "{}", params: { path: {}, querystring: {}, header: {} } },
      context: {},
      stageVariables: {},
    });
  } catch (error) {
    if (error instanceof MappingTemplateError) return undefined;
    throw error;
  }
}

function shown(text: string | undefined): string {
  return text === undefined ? "fails" : JSON.stringify(text);
}

function whole(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(text);
}
