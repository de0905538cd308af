import { isAwsEndpoint } from "../../aws/aws-signer";
import { printable } from "../../errors/printable";
import { type S3Emulator, startS3Emulator } from "../s3/s3-emulator";
import { S3Service, type S3ServiceOptions } from "../s3/s3-service";
import { BucketNotifications } from "./bucket-notifications";
import type { ConnectedSqs } from "./connect-sqs";
import { EndpointBuckets } from "./endpoint-buckets";
import { requireUrl } from "./endpoint-mistakes";
import type { LoadedStacks } from "./load-stacks";

/** Where S3 is, and whether what lacks there is made. */
export interface S3Options {
  /** @default an emulator of its own, where a stack has an integration that calls S3 */
  readonly s3Endpoint?: string | undefined;
  readonly createQueues?: boolean | undefined;
  /** Is told, in one line, of each object that is stored and that a queue could not be told of. @default standard error */
  readonly onUndelivered?: ((line: string) => void) | undefined;
}

/** The S3 behind the gateway, from the first stack on that has an integration which calls it. */
export class ConnectedS3 {
  private running: RunningS3 | undefined;
  private notifications: BucketNotifications | undefined;
  /** Notifications that have sent their test message. */
  private readonly tested = new Set<string>();

  /** @throws UserError for an endpoint that is none */
  constructor(
    private readonly options: S3Options,
    private readonly region: string,
    private readonly sqs: ConnectedSqs,
  ) {
    if (options.s3Endpoint !== undefined) {
      requireUrl("s3Endpoint", options.s3Endpoint, "http://127.0.0.1:5000");
    }
  }

  /** Undefined where no stack calls S3. */
  public get endpoint(): string | undefined {
    return this.running?.endpoint;
  }

  public get service(): S3Service | undefined {
    return this.running?.service;
  }

  /** What is not delivered, one line each. */
  public get warnings(): readonly string[] {
    return this.notifications?.warnings ?? [];
  }

  /**
   * Starts S3 where stacks need it, and makes the buckets that are not there yet, where that is ours to do.
   * @throws UserError where the endpoint is not S3, or lacks one of them
   */
  public async prepare({
    models,
    buckets,
  }: Pick<LoadedStacks, "models" | "buckets">): Promise<BucketNotifications | undefined> {
    if (buckets === undefined) return undefined;
    const { s3Endpoint, createQueues = false } = this.options;
    this.running ??= await this.start();
    const { emulator, buckets: there } = this.running;
    if (emulator !== undefined) await there.createMissing(buckets);
    else await there.require(buckets, createQueues && !isAwsEndpoint(s3Endpoint ?? ""));
    return new BucketNotifications(models, {
      sqs: this.sqs,
      region: this.region,
      tellsItself: (bucket) => there.tellsItself(bucket),
      tell: this.options.onUndelivered ?? toStandardError,
    });
  }

  /** From now on, these act. */
  public async notifyBy(notifications: BucketNotifications | undefined): Promise<void> {
    this.notifications = notifications;
    await notifications?.sendTests(this.tested);
  }

  public async close(): Promise<void> {
    await this.running?.emulator?.stop();
  }

  private async start(): Promise<RunningS3> {
    const { s3Endpoint } = this.options;
    const emulator = s3Endpoint === undefined ? await startS3Emulator() : undefined;
    const endpoint = s3Endpoint ?? emulator?.endpoint ?? "";
    const { region } = this;
    const onChange: S3ServiceOptions["onChange"] = async (change) => this.notifications?.notify(change);
    return {
      endpoint,
      emulator,
      service: new S3Service({ endpoint, region, onChange }),
      buckets: new EndpointBuckets(endpoint, region),
    };
  }
}

interface RunningS3 {
  readonly endpoint: string;
  readonly emulator: S3Emulator | undefined;
  readonly service: S3Service;
  readonly buckets: EndpointBuckets;
}

function toStandardError(line: string): void {
  process.stderr.write(`${printable(line)}\n`);
}
