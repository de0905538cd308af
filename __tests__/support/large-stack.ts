import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type GatewayOptions, type RunningGateway, startGateway } from "../../local/server/start-gateway";
import { allowing, GATEWAYS_ROLE } from "./plain-stacks";

/** What differs between the stacks of a test. */
export interface LargeStackOptions {
  /** Attributes of the queue in addition. */
  readonly queue?: object;
  /** Statement of the queue's policy; null: it has none. @default what lets the bucket notify it */
  readonly queuePolicy?: object | null;
  /** Actions that the role allows on the bucket's objects. */
  readonly actions?: readonly string[];
  /** Statement of the bucket's policy. */
  readonly bucketPolicy?: object;
  /** Attributes of the notification's `queue` block in addition. */
  readonly notification?: object;
  /** Attributes of the integration of `/sqs/large` in addition. */
  readonly integration?: object;
  /** @default ["application/octet-stream"] */
  readonly binaryMediaTypes?: readonly string[];
  readonly region?: string;
}

const API = "${aws_api_gateway_rest_api.a.id}";
const BUCKET = "${aws_s3_bucket.b.bucket}";
const OBJECTS = "${aws_s3_bucket.b.arn}/*";

const MAY_NOTIFY = {
  Principal: { Service: "s3.amazonaws.com" },
  Action: "sqs:SendMessage",
  Resource: "${aws_sqs_queue.q.arn}",
  Condition: {
    ArnLike: { "aws:SourceArn": "${aws_s3_bucket.b.arn}" },
    StringEquals: { "aws:SourceAccount": "${data.aws_caller_identity.me.account_id}" },
  },
};

/**
 * Terraform JSON of an API whose `POST /sqs/large` puts bodies into a bucket that notifies a queue, and whose `/objects/{folder}/{object}`
 * is AWS's example of an S3 proxy.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/integrating-api-with-aws-services-s3.html
 */
export function largeStack(options: LargeStackOptions = {}) {
  const { region = "eu-central-1", queuePolicy = MAY_NOTIFY, actions = ["s3:*"] } = options;
  const { binaryMediaTypes = ["application/octet-stream"] } = options;
  const large = {
    rest_api_id: API,
    resource_id: "${aws_api_gateway_resource.large.id}",
    http_method: "POST",
  };
  const object = {
    rest_api_id: API,
    resource_id: "${aws_api_gateway_resource.object.id}",
    http_method: "ANY",
  };
  const common = { type: "AWS", credentials: "${aws_iam_role.r.arn}" };
  const answers = { "200": undefined, "403": "403", "404": "404", "500": "[45]\\d{2}" };
  return {
    provider: { aws: { region } },
    data: { aws_caller_identity: { me: {} } },
    resource: {
      random_pet: { p: {} },
      aws_sqs_queue: { q: { name: "large", ...options.queue } },
      ...(queuePolicy !== null && {
        aws_sqs_queue_policy: { q: { queue_url: "${aws_sqs_queue.q.id}", policy: allowing(queuePolicy) } },
      }),
      aws_s3_bucket: { b: { bucket_prefix: "large-" } },
      ...(options.bucketPolicy && {
        aws_s3_bucket_policy: {
          b: { bucket: "${aws_s3_bucket.b.id}", policy: allowing(options.bucketPolicy) },
        },
      }),
      aws_s3_bucket_notification: {
        n: {
          bucket: "${aws_s3_bucket.b.id}",
          queue: [
            {
              queue_arn: "${aws_sqs_queue.q.arn}",
              events: ["s3:ObjectCreated:*"],
              ...options.notification,
            },
          ],
        },
      },
      aws_iam_role: { r: GATEWAYS_ROLE },
      aws_iam_role_policy: {
        p: {
          role: "${aws_iam_role.r.id}",
          policy: allowing({
            Action: actions,
            Resource: [OBJECTS, ...(actions.includes("s3:*") ? ["${aws_s3_bucket.b.arn}"] : [])],
          }),
        },
      },
      aws_api_gateway_rest_api: { a: { name: "a", binary_media_types: binaryMediaTypes } },
      aws_api_gateway_resource: {
        sqs: resource("${aws_api_gateway_rest_api.a.root_resource_id}", "sqs"),
        large: resource("${aws_api_gateway_resource.sqs.id}", "large"),
        objects: resource("${aws_api_gateway_rest_api.a.root_resource_id}", "objects"),
        folder: resource("${aws_api_gateway_resource.objects.id}", "{folder}"),
        object: resource("${aws_api_gateway_resource.folder.id}", "{object}"),
      },
      aws_api_gateway_method: {
        large: {
          ...large,
          authorization: "NONE",
          request_parameters: { "method.request.header.Content-Type": false },
        },
        object: {
          ...object,
          authorization: "NONE",
          request_parameters: {
            "method.request.path.folder": true,
            "method.request.path.object": true,
            "method.request.header.Content-Type": false,
            "method.request.header.X-Body-Digest": false,
            "method.request.header.X-Sender": false,
            "method.request.header.Response-Content-Type": false,
          },
        },
      },
      aws_api_gateway_integration: {
        large: {
          ...large,
          ...common,
          integration_http_method: "PUT",
          uri: `arn:aws:apigateway:${region}:s3:path/${BUCKET}/{key}`,
          request_parameters: {
            "integration.request.path.key": "context.extendedRequestId",
            "integration.request.header.Content-Type": "method.request.header.Content-Type",
          },
          passthrough_behavior: "WHEN_NO_TEMPLATES",
          ...options.integration,
        },
        object: {
          ...object,
          ...common,
          integration_http_method: "ANY",
          uri: `arn:aws:apigateway:${region}:s3:path/{folder}/{object}`,
          request_parameters: {
            "integration.request.path.folder": "method.request.path.folder",
            "integration.request.path.object": "method.request.path.object",
            "integration.request.header.Content-Type": "method.request.header.Content-Type",
            "integration.request.header.Content-MD5": "method.request.header.X-Body-Digest",
            "integration.request.header.x-amz-meta-sender": "method.request.header.X-Sender",
            "integration.request.querystring.response-content-type":
              "method.request.header.Response-Content-Type",
          },
        },
      },
      aws_api_gateway_method_response: {
        ...Object.fromEntries(
          ["202", "502", "500"].map((status_code) => [`large${status_code}`, { ...large, status_code }]),
        ),
        ...Object.fromEntries(
          Object.keys(answers).map((status_code) => [
            `object${status_code}`,
            {
              ...object,
              status_code,
              response_parameters: {
                "method.response.header.ETag": false,
                "method.response.header.Content-Type": false,
                "method.response.header.X-Sender": false,
              },
            },
          ]),
        ),
      },
      aws_api_gateway_integration_response: {
        accepted: {
          ...large,
          status_code: "202",
          selection_pattern: "2\\d{2}",
          response_templates: { "application/json": '{"key": "$context.extendedRequestId"}' },
        },
        unavailable: { ...large, status_code: "502", selection_pattern: "5\\d{2}" },
        failed: { ...large, status_code: "500" },
        ...Object.fromEntries(
          Object.entries(answers).map(([status_code, selection_pattern]) => [
            `object${status_code}`,
            {
              ...object,
              status_code,
              ...(selection_pattern !== undefined && { selection_pattern }),
              response_parameters: {
                "method.response.header.ETag": "integration.response.header.etag",
                "method.response.header.Content-Type": "integration.response.header.content-type",
                "method.response.header.X-Sender": "integration.response.header.x-amz-meta-sender",
              },
            },
          ]),
        ),
      },
      aws_api_gateway_deployment: { d: { rest_api_id: API } },
      aws_api_gateway_stage: {
        s: { rest_api_id: API, deployment_id: "${aws_api_gateway_deployment.d.id}", stage_name: "dev" },
      },
    },
  };
}

function resource(parent_id: string, path_part: string) {
  return { rest_api_id: API, parent_id, path_part };
}

/** A message of S3's, read. */
export interface S3Message {
  readonly Event?: string;
  readonly Records?: readonly {
    readonly eventName: string;
    readonly s3: {
      readonly configurationId: string;
      readonly bucket: { readonly name: string; readonly arn: string };
      readonly object: Readonly<Record<"key" | "eTag" | "sequencer", string>> & { readonly size: number };
    };
  }[];
}

/** A {@link largeStack} that is served. */
export class LargeStack {
  private constructor(
    private readonly root: string,
    public readonly gateway: RunningGateway,
    public readonly bucket: string,
    public readonly undelivered: readonly string[],
  ) {}

  public static async start(
    stack: LargeStackOptions = {},
    options: Partial<GatewayOptions> = {},
  ): Promise<LargeStack> {
    const root = mkdtempSync(path.join(tmpdir(), "large-stack-"));
    const folder = path.join(root, "shop");
    mkdirSync(folder);
    writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify(largeStack(stack)));
    const undelivered: string[] = [];
    const onUndelivered = (line: string) => undelivered.push(line);
    const gateway = await startGateway({ stacks: [folder], onUndelivered, ...options });
    const bucket = gateway.buckets[0]?.name ?? "";
    return new LargeStack(root, gateway, bucket, undelivered);
  }

  /** Below the stage's URL. */
  public call(method: string, below: string, init: Omit<RequestInit, "method"> = {}): Promise<Response> {
    const { url } =
      this.gateway.stacks[0]?.urls.find((endpoint) => endpoint.url.endsWith("/sqs/large")) ?? {};
    return fetch(`${url?.replace(/\/sqs\/large$/, "") ?? ""}${below}`, { method, ...init });
  }

  /** Posts a body to `/sqs/large`, and tells under which key it should be. */
  public async post(body: BodyInit, type = "application/octet-stream") {
    const response = await this.call("POST", "/sqs/large", { body, headers: { "Content-Type": type } });
    const text = await response.text();
    const { key } = (response.status === 202 ? JSON.parse(text) : {}) as { key?: string };
    return { status: response.status, text, key: key ?? "" };
  }

  /** The object as S3 itself gives it. */
  public object(key: string): Promise<Response> {
    return fetch(`${this.gateway.buckets[0]?.url ?? ""}/${encodeURIComponent(key)}`);
  }

  /** What the queue holds. */
  public async messages(): Promise<S3Message[]> {
    const messages = await this.gateway.messages("large");
    return messages.map(({ body }) => JSON.parse(body) as S3Message);
  }

  public reload(): Promise<void> {
    return this.gateway.reload([path.join(this.root, "shop")]);
  }

  public async close(): Promise<void> {
    await this.gateway.close();
    rmSync(this.root, { recursive: true });
  }
}
