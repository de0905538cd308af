import { CommandLineError } from "../errors/command-line-error";
import * as v from "valibot";
import { shown } from "../errors/mistake";
import { readJsonFile } from "../errors/read-json-file";
import { AWS_PRICES, type AwsPrices, type PriceTier } from "../prices/aws-prices";

const AMOUNT = v.pipe(
  v.number("needs a number"),
  v.minValue(0, "needs 0 or more"),
  v.finite("needs a number"),
);
const TIERS = v.pipe(
  v.array(v.strictObject({ upTo: v.optional(AMOUNT), usd: AMOUNT }, tierMessage), "needs a list of tiers"),
  v.check((tiers) => isWhole(tiers), "needs tiers that rise, the last one without upTo"),
);

const PRICES = v.strictObject(
  {
    region: v.exactOptional(v.string("needs a text")),
    sources: v.exactOptional(v.array(v.string("needs a text"), "needs a list of texts")),
    restRequests: v.exactOptional(TIERS),
    sqsStandardRequests: v.exactOptional(TIERS),
    sqsFifoRequests: v.exactOptional(TIERS),
    sqsFairSurcharge: v.exactOptional(TIERS),
    s3Puts: v.exactOptional(TIERS),
    s3Gets: v.exactOptional(TIERS),
    s3Storage: v.exactOptional(TIERS),
    transferOut: v.exactOptional(TIERS),
  },
  ({ expected }) => (expected === "never" ? "is no price" : "needs an object"),
);

/**
 * AWS's list prices, and in their place what a JSON file of the same shape has.
 * @throws FileError, CommandLineError
 */
export function readPrices(file: string | undefined): AwsPrices {
  if (file === undefined) return AWS_PRICES;
  const { success, output, issues } = v.safeParse(PRICES, readJsonFile(file));
  if (success) {
    return { ...AWS_PRICES, sources: [file], ...output };
  }
  const [issue] = issues;
  throw new CommandLineError({
    where: [file, v.getDotPath(issue)].filter((part) => part !== null).join(", "),
    wrong: issue.message,
    got: shown(issue.input),
    allowed: `${Object.keys(PRICES.entries).join(", ")} are allowed, as in prices/aws-prices.ts`,
    mend: 'Write it as {"restRequests": [{ "upTo": 333000000, "usd": 3.5 }, { "usd": 2.8 }]}.',
  });
}

/** What valibot expected; "never" where it knows no such key. */
interface Expectation {
  readonly expected: string;
}

function tierMessage({ expected }: Expectation): string {
  return expected === "never" ? "is nothing of a tier" : "needs a tier";
}

function isWhole(tiers: readonly PriceTier[]): boolean {
  return (
    tiers.length > 0 &&
    tiers.every(({ upTo }, index) => {
      if (index === tiers.length - 1) return upTo === undefined;
      return upTo !== undefined && upTo > (tiers[index - 1]?.upTo ?? 0);
    })
  );
}
