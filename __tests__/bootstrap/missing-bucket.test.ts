import childProcess from "node:child_process";
import fs from "node:fs";
import { refuseMissingBucket } from "../../bootstrap/missing-bucket";

const BACKEND = { type: "s3", arguments: {} } as const;
const { ppid } = process;

afterEach(() => {
  jest.restoreAllMocks();
});

/** Another system: `/proc` has these files, `ps` says this of every process. */
function onSystem({ proc = {}, ps }: { proc?: Record<string, string>; ps?: string }): string[] {
  const { readFileSync } = fs;
  jest.spyOn(fs, "readFileSync").mockImplementation(((file: string, ...rest: []) => {
    if (!file.startsWith("/proc/")) return readFileSync(file, ...rest);
    if (file in proc) return proc[file];
    throw new Error("ENOENT");
  }) as typeof readFileSync);
  jest
    .spyOn(childProcess, "spawnSync")
    .mockImplementation((() =>
      ps === undefined ? { error: new Error("ENOENT"), stdout: null } : { stdout: ps }) as never);
  const warnings: string[] = [];
  jest.spyOn(console, "error").mockImplementation((line: string) => warnings.push(line));
  return warnings;
}

function procOf(pid: number, stat: string, ...words: string[]) {
  return { [`/proc/${pid}/stat`]: stat, [`/proc/${pid}/cmdline`]: `${words.join("\0")}\0` };
}

test.each([
  "/usr/bin/node /home/me/bin/cdktf deploy auth-stack",
  "node /home/me/my projects/node_modules/.bin/cdktf deploy auth-stack",
  "/opt/my tools/node --no-warnings /home/me/cdktf.js --log-level debug deploy",
])("where only ps tells it, %s is refused", (line) => {
  onSystem({ ps: `  1 ${line}\n` });
  expect(() => {
    refuseMissingBucket(BACKEND);
  }).toThrow(/ in which cdktf deploy could find the states/);
});

test.each([
  "node /home/me/bin/cdktf synth",
  "node /home/me/cdktf/server.js deploy",
  "bash -c cdktf deploy",
  "node /home/me/my cdktf deploy/bin/synth.js",
])("where only ps tells it, %s goes on without a word", (line) => {
  const warnings = onSystem({ ps: `  0 ${line}\n` });
  refuseMissingBucket(BACKEND);
  expect(warnings).toEqual([]);
});

test("a program's name with parentheses, a folder named like a command and a container's first process are read", () => {
  const shell = procOf(ppid, `${ppid} (a) S (b)) S 1 2 3`, "sh", "-c", "node bin/synth.js");
  const first = procOf(1, "1 (node) S 0 1 1", "node", "/my cdktf synth/cdktf", "diff", "auth-stack");
  onSystem({ proc: { ...shell, ...first } });
  expect(() => {
    refuseMissingBucket(BACKEND);
  }).toThrow(/ in which cdktf diff could find the states/);
});

test("what calls is warned of where nothing tells it", () => {
  const warnings = onSystem({});
  refuseMissingBucket(BACKEND);
  expect(warnings).toEqual([
    expect.stringMatching(
      /^warning: cdktf[.]json backend[.]s3: .*, got neither \/proc nor ps; .* Run npm run bootstrap/,
    ),
  ]);
});
