import { S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { messageOf, mistakeText } from "../errors/mistake";
import { printable } from "../errors/printable";
import { ForeignAnswerError } from "../errors/sdk-refusal";
import { isEmulated, regionOf, requireEndpoints, useProfile } from "./aws-environment";
import { explained } from "./aws-refusal";
import { type Flags, readFlags } from "./cli-flags";
import { type BucketPlace, readBucketPlace, writeBucketPlace } from "./project-backend";
import { ensureStateBucket, type StateBucket } from "./state-bucket";

void main();

async function main(): Promise<void> {
  try {
    const flags = readFlags();
    if (flags !== undefined) console.log(await bootstrap(flags));
  } catch (error) {
    console.error(printable(messageOf(error)));
    process.exitCode = 1;
  }
}

/** Makes the bucket, names it in `cdktf.json`, and tells in one line what it did. */
async function bootstrap(flags: Flags): Promise<string> {
  const inProject = readBucketPlace();
  const place = { ...inProject, ...flags };
  refuseOther(inProject, flags);
  requireEndpoints();
  await useProfile(flags.profile);
  const region = await regionOf(place.region);
  const ExpectedBucketOwner = await explained(accountOf(region));
  const bucket = place.bucket ?? `queue-leveling-states-${ExpectedBucketOwner}-${region}`;
  const s3 = new S3Client({ region, followRegionRedirects: false, forcePathStyle: isEmulated() });
  const made = await explained(ensureStateBucket(s3, { Bucket: bucket, ExpectedBucketOwner }, region));
  const isWritten = writeBucketPlace({ bucket, region });
  return `The bucket ${bucket} in ${region} ${told(made)}; ${isWritten ? "its name is written into cdktf.json" : "cdktf.json names it"}.`;
}

function told({ isNew, mended }: StateBucket): string {
  if (isNew) return `is made: ${mended.length === 0 ? "as it should be" : mended.join(", ")}`;
  return mended.length === 0 ? "is as it should be: nothing is changed" : `is now ${mended.join(", ")}`;
}

/** A bucket that is not the one of `cdktf.json` would leave the states behind. */
function refuseOther(inProject: BucketPlace, flags: Flags): void {
  for (const name of ["bucket", "region"] as const) {
    const [there, asked] = [inProject[name], flags[name]];
    if (there === undefined || asked === undefined || there === asked) continue;
    throw new Error(
      mistakeText({
        where: `--${name}`,
        wrong: "is another one than that of cdktf.json",
        got: JSON.stringify(asked),
        allowed: `only ${JSON.stringify(there)}`,
        mend: `Leave it out; or, where no state is in the other yet, drop backend.s3.${name} from cdktf.json first.`,
      }),
    );
  }
}

async function accountOf(region: string): Promise<string> {
  const { Account } = await new STSClient({ region }).send(new GetCallerIdentityCommand({}));
  if (Account === undefined) throw new ForeignAnswerError("no account");
  return Account;
}
