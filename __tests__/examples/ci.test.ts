import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { startActionlint } from "../support/actionlint";
import { githubPipeline, gitlabPipeline } from "../support/pipeline";

const WORKFLOWS = ".github/workflows";
const EXAMPLE = "examples/ci/github-actions.yml";
const OWN = readdirSync(WORKFLOWS).map((name) => join(WORKFLOWS, name));

describe("actionlint", () => {
  let lint: Awaited<ReturnType<typeof startActionlint>>;

  beforeAll(async () => {
    lint = await startActionlint();
  });

  test.each([EXAMPLE, ...OWN])("has nothing to say against %s", async (file) => {
    expect(await lint(readFileSync(file, "utf8"))).toEqual([]);
  });

  test("would find a mistake", async () => {
    const text = readFileSync(EXAMPLE, "utf8").replace("needs: plan", "needs: plans");
    expect(await lint(text)).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('job "plans" which does not exist') as string,
      }),
    ]);
  });
});

test("every action of the example is pinned by a commit, with its version beside it", () => {
  const uses = readFileSync(EXAMPLE, "utf8").match(/uses: .*/g) ?? [];
  expect(uses.length).toBeGreaterThan(5);
  for (const line of uses) expect(line).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test("both pipelines run the same commands", () => {
  const [github, gitlab] = [githubPipeline(), gitlabPipeline()].map(({ plan, apply }) =>
    `${plan.script}\n${apply.script}`
      .split("\n")
      .map((line) => line.trim().replace(" --cache .npm", ""))
      .filter((line) => /^(npm|terraform) (?!.* show )/.test(line)),
  );
  expect(github).toEqual(gitlab);
  expect(github).toHaveLength(6);
});

test("the README's trust policies name the branch and the environment that the pipelines run for", () => {
  const readme = readFileSync("examples/ci/README.md", "utf8");
  const blocks = [...readme.matchAll(/```json\n([^]*?)```/g)].map(([, json = ""]) => json);
  const policies = blocks.map((json) => JSON.parse(json.startsWith("{") ? json : `{${json}}`) as object);
  expect(policies).toHaveLength(4);
  const { on, jobs } = parse(readFileSync(EXAMPLE, "utf8")) as {
    on: { push: { branches: string[] } };
    jobs: { apply: { environment: string } };
  };
  const [ofPlan = "", ofApply = ""] = policies.map((policy) => JSON.stringify(policy));
  expect(ofPlan).toContain(`REPO@REPO_ID:ref:refs/heads/${on.push.branches.join()}"`);
  expect(ofApply).toContain(`REPO@REPO_ID:environment:${jobs.apply.environment}"`);
});
