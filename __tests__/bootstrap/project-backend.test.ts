import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readBucketPlace, writeBucketPlace } from "../../bootstrap/project-backend";

const before = process.cwd();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "queue-leveling-"));
  process.chdir(folder);
});

afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const file = () => readFileSync("cdktf.json", "utf8");

test("the bucket is written where it belongs, and all else stays as it stands", () => {
  const shipped = readFileSync(join(before, "cdktf.json"), "utf8");
  writeFileSync("cdktf.json", shipped);
  expect(readBucketPlace()).toEqual({});
  expect(writeBucketPlace({ bucket: "states", region: "eu-central-1" })).toBe(true);
  const written = '"s3": {\n        "bucket": "states",\n        "region": "eu-central-1"\n      }';
  expect(file()).toBe(shipped.replace('"s3": {}', written));
});

test("what is written already is not written again", () => {
  const text = '{"context":{"backend":{"s3":{"bucket":"states","region":"eu-central-1"}}}}';
  writeFileSync("cdktf.json", text);
  expect(readBucketPlace()).toEqual({ bucket: "states", region: "eu-central-1" });
  expect(writeBucketPlace({ bucket: "states", region: "eu-central-1" })).toBe(false);
  expect(file()).toBe(text);
});

test.each([
  ["tabs", "\t", "\n", ""],
  ["four spaces, Windows' line ends and a byte order mark", "    ", "\r\n", "\uFEFF"],
])("a file with %s keeps them", (_what, indentation, lineEnd, mark) => {
  const text = (s3: object) =>
    mark + JSON.stringify({ context: { backend: { s3 } } }, null, indentation).replaceAll("\n", lineEnd);
  const place = { bucket: "states", region: "eu-central-1" };
  writeFileSync("cdktf.json", text({ encrypt: true }));
  writeBucketPlace(place);
  expect(file()).toBe(text({ encrypt: true, ...place }));
});

test.each([
  ["bucket", ""],
  ["bucket", "A_B"],
  ["bucket", "states-{stack}"],
  ["region", "nowhere"],
])("%s %j is refused as the flag's is", (name, value) => {
  writeFileSync("cdktf.json", JSON.stringify({ context: { backend: { s3: { [name]: value } } } }));
  expect(readBucketPlace).toThrow(`cdktf.json backend.s3.${name}: is no ${name}, got "${value}"; `);
});

test("a bucket's name may have periods", () => {
  const s3 = { bucket: "states.example.com" };
  writeFileSync("cdktf.json", JSON.stringify({ context: { backend: { s3 } } }));
  expect(readBucketPlace()).toEqual(s3);
});
