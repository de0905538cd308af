import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { arrivalsPerStep } from "../../sizing/arrivals";
import { readArrivals } from "../../sizing/read-arrivals";

/** Messages in each of so many steps. */
function counts(text: string, step: number, steps: number): number[] {
  return Array.from(arrivalsPerStep(readArrivals(text), step, steps), (count) => Number(count.toFixed(6)));
}

describe("text", () => {
  test("a phase takes the base's place", () => {
    expect(counts("base=1/s, peak=5/s for 20s at 10s", 10, 4)).toEqual([10, 50, 50, 10]);
  });

  test("phases follow one another, in any units", () => {
    expect(counts("first=60/m for 10s, second=7200/h for 0.5m, base=86400/d", 10, 5)).toEqual([
      10, 20, 20, 20, 10,
    ]);
  });

  test("a ramp grows evenly", () => {
    expect(counts("ramp=0/s to 4/s for 20s", 10, 3)).toEqual([10, 30, 0]);
  });

  test("a step that a phase begins in has its share", () => {
    expect(counts("base=1/s, peak=3/s for 4s at 9s", 10, 2)).toEqual([12, 16]);
  });

  test.each([
    ["peak=2000 for 10m", /^--arrivals, peak: is not a rate, got "2000"; .*\/s/],
    ["peak=2000/s for ten", /^--arrivals, peak: is not a duration, got "ten"; .* h or d is allowed/],
    ["base=1/s, base=2/s", /^--arrivals: has two phases without a duration/],
    ["a=1/s for 10s at 0s, b=1/s for 10s at 5s", /^--arrivals: has phases at the same time/],
    ["peak=5/s at 5s", /^--arrivals: does not say how long, got "peak=5\/s at 5s"; for 10m is allowed/],
    ["peak=5/s for 0s", /^--arrivals: lasts no time/],
    ["base=5/s,", /^--arrivals: is not a phase, got ""/],
  ])("%s is refused in one line that says how to write it", (text, line) => {
    const read = () => readArrivals(text);
    expect(read).toThrow(line);
    expect(read).toThrow(/Write it as --arrivals "base=50\/s, peak=2000\/s for 10m at 5m"\.$/);
  });
});

describe("a file", () => {
  const folder = mkdtempSync(join(tmpdir(), "queue-leveling-"));
  const file = join(folder, "arrivals.csv");

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test.each([
    ["with a header", "time,count\n0,10\n10,30\n"],
    ["without, in Windows' lines", "0,10\r\n10,30"],
    ["in any order", "10,30\n0,10\n"],
    ["with a time twice", "0,10\n10,20\n10,10\n"],
    ["of Unix times in seconds", "1764417600,10\n1764417610,30\n"],
    ["of Unix times in milliseconds", "1764417600000,10\n1764417610000,30\n"],
    ["of dates, in quotes", '"2026-11-29T12:00:00Z";"10"\n"2026-11-29T13:00:10+01:00";"30"\n'],
    ["of one line a message", `time\n${"5\n".repeat(10)}${"15.5\n".repeat(30)}`],
  ])("%s", (_what, text) => {
    writeFileSync(file, text);
    expect(counts(file, 10, 3)).toEqual([10, 30, 0]);
  });

  test("a time without a line has no messages", () => {
    writeFileSync(file, "0,10\n10,10\n30,10\n");
    expect(counts(file, 10, 5)).toEqual([10, 10, 0, 10, 0]);
  });

  test.each([
    ["0,10\nsoon,20\n", /csv, line 2: has no time in its first column, got "soon,20"; .*Mend that line/],
    ["0,10\n10,-1\n", /csv, line 2: has no count in its second, last column, got "10,-1"/],
    ["0,10\n10,1,2\n", /csv, line 2: has no count in its second, last column/],
    ["2026-02-30T10:00:00Z,1\n2026-13-01,2\n", /csv, line [12]: has no time in its first column/],
    ["time,count\n", /csv: has no messages/],
    ["0,10\n", /csv: does not tell how long a count is counted/],
  ])("%j is refused in one line", (text, line) => {
    writeFileSync(file, text);
    expect(() => readArrivals(file)).toThrow(line);
  });

  test("that there is not is refused", () => {
    expect(() => readArrivals("nowhere.csv")).toThrow(/^nowhere\.csv: can't be read/);
  });
});
