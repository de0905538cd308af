import { refuseFlagsOfNpm } from "../../errors/npm-flags";
import { readFlags } from "../../local/server/cli-flags";

const BEFORE = { ...process.env };

beforeEach(() => {
  process.env = Object.fromEntries(Object.entries(BEFORE).filter(([name]) => !name.startsWith("npm_")));
});

afterAll(() => {
  process.env = BEFORE;
});

/** What npm 11 makes of `npm start <flags>`. */
function start(variables: Readonly<Record<string, string>>, args: readonly string[] = []) {
  Object.assign(process.env, { npm_lifecycle_event: "start", ...variables });
  return readFlags({ name: "npm start --", byDefault: "all", script: "start" }, args);
}

test.each<[written: string, variables: Readonly<Record<string, string>>, args: readonly string[]]>([
  ["--json-log", { npm_config_json_log: "true" }, []],
  ["--json", { npm_config_json: "true" }, []],
  ["--no-page", { npm_config_page: "" }, []],
  ["--port", { npm_config_port: "true" }, ["3001"]],
  ["--stack", { npm_config_stack: "cdktf.out" }, []],
  ["--token", { npm_config_token_description: "s3cret" }, []],
  ["--consumer", { npm_config_consumer: "true" }, ["handler.js"]],
])("npm start %s, which npm keeps for itself, is refused", (written, variables, args) => {
  expect(() => start(variables, args)).toThrow(
    new RegExp(
      `^npm start: gets no flags before --, .*, got ${written}; .* Write npm start -- and all the rest behind it\\.$`,
    ),
  );
});

test("npm's own flags and settings are none of ours", () => {
  const npms = {
    npm_config_loglevel: "silent",
    npm_config_registry: "https://npm.example",
    npm_config_yes: "",
  };
  expect(start(npms, ["--json-log", "--port", "0"])).toMatchObject({ jsonLog: true, port: 0 });
});

test("another script's variables don't count, nor does a command that is no script of this project", () => {
  process.env.npm_config_json = "true";
  process.env.npm_lifecycle_event = "start";
  expect(() => {
    refuseFlagsOfNpm("queue", ["json"]);
  }).not.toThrow();
  expect(readFlags({ name: "queue-leveling serve", byDefault: "all" }, [])).toMatchObject({ port: 3000 });
});
