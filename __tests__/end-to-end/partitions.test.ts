import { PlainStacks } from "../support/plain-stacks";

const REGIONS = [
  "eu-central-1",
  "cn-northwest-1",
  "us-gov-west-1",
  "us-iso-east-1",
  "us-isob-east-1",
  "eu-isoe-west-1",
  "us-isof-south-1",
  "eusc-de-east-1",
];

describe("a POST is answered 200 in every partition", () => {
  let stacks: PlainStacks;

  beforeAll(async () => {
    stacks = await PlainStacks.start(Object.fromEntries(REGIONS.map((region) => [region, { region }])));
  });

  afterAll(() => stacks.close());

  it.each(REGIONS)("%s", async (region) => {
    const answer = await stacks.post(region, "{}");
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining("MessageId")]);
    expect(await stacks.received(region)).toEqual(["{}"]);
  });
});
