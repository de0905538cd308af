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
