import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AWS_PRICES } from "../../prices/aws-prices";
import { readPrices } from "../../sizing/read-prices";

const folder = mkdtempSync(join(tmpdir(), "queue-leveling-"));
const file = join(folder, "prices.json");

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function read(prices: unknown) {
  writeFileSync(file, JSON.stringify(prices));
  return readPrices(file);
}

test("a file's prices take the place of AWS's list prices, and the file is their source", () => {
  const restRequests = [{ upTo: 1000, usd: 4 }, { usd: 3 }];
  expect(read({ region: "eu-central-1", restRequests })).toEqual({
    ...AWS_PRICES,
    sources: [file],
    region: "eu-central-1",
    restRequests,
  });
});

test.each([
  [{ restRequest: [{ usd: 1 }] }, /json, restRequest: is no price, got .*; region, sources, restRequests/],
  [{ s3Storage: [{ usd: "0.02" }] }, /json, s3Storage\.0\.usd: needs a number, got "0\.02"/],
  [{ sqsFifoRequests: 0.5 }, /json, sqsFifoRequests: needs a list of tiers, got 0\.5/],
  [{ restRequests: [{ usd: -1 }] }, /json, restRequests\.0\.usd: needs 0 or more, got -1/],
  [
    { restRequests: [{ upTo: 5, usd: 1 }] },
    /json, restRequests: needs tiers that rise, the last one without upTo/,
  ],
  [{ restRequests: [] }, /json, restRequests: needs tiers that rise/],
  ["3.50", /json: needs an object, got "3\.50"/],
])("%j is refused in one line", (prices, line) => {
  expect(() => read(prices)).toThrow(line);
});
