import { messageOf } from "../../errors/mistake";
import { type S3Answer, S3Endpoint } from "../s3/s3-endpoint";
import { readErrorXml } from "../s3/s3-error";
import { notThere } from "./endpoint-mistakes";
import { UserError } from "./user-error";

/** Milliseconds that an endpoint has to answer at start. */
const ANSWER_TIME = 5000;

/** The buckets behind an S3 endpoint. */
export class EndpointBuckets {
  private readonly s3: S3Endpoint;
  private readonly telling = new Set<string>();

  constructor(
    private readonly endpoint: string,
    private readonly region: string,
  ) {
    this.s3 = new S3Endpoint({ endpoint, region });
  }

  /** Whether the endpoint notifies queues of a bucket by itself, as AWS does and as an emulator that Terraform was applied to. */
  public tellsItself(bucket: string): boolean {
    return this.s3.isAws || this.telling.has(bucket);
  }

  /** @throws UserError where the endpoint is not S3, or lacks one of them that is not to be made */
  public async require(names: readonly string[], makeMissing: boolean): Promise<void> {
    const missing: string[] = [];
    for (const name of names) if (!(await this.has(name))) missing.push(name);
    if (makeMissing) await this.createMissing(missing);
    else if (missing.length > 0) throw this.noBuckets(missing);
    for (const name of names) if (await this.notifiesQueues(name)) this.telling.add(name);
  }

  /** Those that are there stay as they are. */
  public async createMissing(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const location =
        this.region === "us-east-1"
          ? ""
          : `<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>${this.region}</LocationConstraint></CreateBucketConfiguration>`;
      const answer = await this.call("PUT", name, undefined, Buffer.from(location));
      const { code, message } = readErrorXml(answer.body.toString()) ?? {};
      if (answer.status < 300 || code === "BucketAlreadyOwnedByYou") continue;
      throw noS3(this.endpoint, new Error(`${code ?? answer.status}: ${message ?? "no message"}`));
    }
  }

  /** One that we may not ask about is taken to be there. */
  private async has(name: string): Promise<boolean> {
    const { status } = await this.call("HEAD", name);
    if (status === 404) return false;
    if (status < 300 || status === 301 || status === 403) return true;
    throw noS3(this.endpoint, new Error(`it answered ${status}`));
  }

  private async notifiesQueues(name: string): Promise<boolean> {
    if (this.s3.isAws) return true;
    const { status, body } = await this.call("GET", name, new URLSearchParams({ notification: "" }));
    return status < 300 && /<QueueConfiguration[\s/>]/.test(body.toString());
  }

  private noBuckets(names: readonly string[]): UserError {
    const { endpoint, s3 } = this;
    const allowed = "an endpoint that has every bucket of the stacks";
    return notThere("s3Endpoint", { names, endpoint, isAws: s3.isAws, allowed });
  }

  private async call(
    method: string,
    name: string,
    query?: URLSearchParams,
    body?: Buffer,
  ): Promise<S3Answer> {
    try {
      const path = `/${encodeURIComponent(name)}`;
      return await this.s3.call(
        { method, path, ...(query && { query }), ...(body && { body }) },
        ANSWER_TIME,
      );
    } catch (error) {
      throw noS3(this.endpoint, error);
    }
  }
}

function noS3(endpoint: string, error: unknown): UserError {
  return new UserError(
    (option) => ({
      where: option("s3Endpoint"),
      wrong: `what is there is not a working S3 (${messageOf(error).replace(/\.$/, "")})`,
      got: endpoint,
      allowed: "S3, or an emulator that speaks its protocol, is allowed",
      mend: `Start it, or correct the address, http or https; leave ${option("s3Endpoint")} out to use the emulator.`,
    }),
    { cause: error },
  );
}
