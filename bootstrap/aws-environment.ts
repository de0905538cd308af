import { S3Client } from "@aws-sdk/client-s3";
import { loadSharedConfigFiles } from "@smithy/core/config";
import { mistakeText } from "../errors/mistake";
import { requireAllowed } from "./allowed-values";
import { written } from "./cli-flags";

const CORRECT = "Correct it, or drop it.";

const ENDPOINTS = ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL"] as const;

/** In the order in which the AWS CLI reads them, too; the SDK does not know the second. */
const REGIONS = ["AWS_REGION", "AWS_DEFAULT_REGION"] as const;

/** Makes the SDK use the profile, where one is given, and refuses one that there is not. */
export async function useProfile(profile: string | undefined): Promise<void> {
  if (profile !== undefined) {
    process.env.AWS_PROFILE = profile;
    // As for the AWS CLI a profile that is asked for goes before keys that are there; the SDK warns of them at length.
    delete process.env.AWS_ACCESS_KEY_ID;
    delete process.env.AWS_SECRET_ACCESS_KEY;
    delete process.env.AWS_SESSION_TOKEN;
  }
  await requireProfile(process.env.AWS_PROFILE ?? "", profile === undefined ? "AWS_PROFILE" : "--profile");
}

/** The Region that was asked for or is in `cdktf.json`, else that of the environment, else the profile's. */
export async function regionOf(known: string | undefined): Promise<string> {
  if (known !== undefined) return known;
  const name = REGIONS.find((variable) => hasValue(variable));
  const region = name === undefined ? await regionOfProfile() : String(process.env[name]);
  requireAllowed("region", region, name ?? "the profile's region", CORRECT);
  return region;
}

/** @throws Error where a variable has an address that the SDK would stumble over */
export function requireEndpoints(): void {
  for (const name of ENDPOINTS.filter(hasValue)) {
    const value = String(process.env[name]);
    if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) continue;
    const mistake = {
      wrong: "is no address",
      got: JSON.stringify(value),
      allowed: "such as http://localhost:4566",
    };
    throw new Error(mistakeText({ where: name, ...mistake, mend: CORRECT }));
  }
}

/** An emulator has no host name for each bucket. */
export function isEmulated(): boolean {
  return hasValue("AWS_ENDPOINT_URL_S3") || hasValue("AWS_ENDPOINT_URL");
}

function hasValue(variable: string): boolean {
  return (process.env[variable] ?? "") !== "";
}

async function requireProfile(profile: string, where: string): Promise<void> {
  if (profile === "") return;
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  // The file's sections of other kinds have their kind before a point.
  const names = Object.keys({ ...configFile, ...credentialsFile }).filter(
    (name) => !/^(sso-session|services)\./.test(name),
  );
  if (names.includes(profile)) return;
  throw new Error(
    mistakeText({
      where,
      wrong: "is no profile of the AWS configuration files",
      got: JSON.stringify(profile),
      allowed: names.length === 0 ? "there is none" : `there are ${names.join(", ")}`,
      mend: "Correct it, or make it by aws configure --profile.",
    }),
  );
}

async function regionOfProfile(): Promise<string> {
  // Empty here; the SDK would take that for the Region.
  delete process.env.AWS_REGION;
  try {
    return await new S3Client({}).config.region();
  } catch (error) {
    throw new Error(
      mistakeText({
        where: "the Region",
        wrong: "is not known",
        got: `none in --region, ${REGIONS.join(", ")} or the profile`,
        allowed: "the name of an AWS Region",
        mend: `Write ${written("region")}, the Region in which the bucket shall be.`,
      }),
      { cause: error },
    );
  }
}
