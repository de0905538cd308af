import { createServer, type IncomingMessage, request as forward } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { EMULATED_ACCOUNT_ID, EMULATED_REGION } from "./emulated-aws";

/** A request to AWS in the words of IAM: what may be done, and on what. */
export interface RecordedCall {
  readonly action: string;
  readonly resource: string;
}

/** A stand-in for AWS's address that hands each request on to the emulated AWS, and remembers what it was for. */
export interface AwsRecorder {
  readonly url: string;
  /** The calls since this was last asked for. */
  takeCalls(): RecordedCall[];
  close(): void;
}

/** Starts the recorder on a free port, before the emulated AWS at `endpoint`. */
export async function startAwsRecorder(endpoint: string): Promise<AwsRecorder> {
  let calls: RecordedCall[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      calls.push(callOf(request, body));
      const { method, headers, url = "" } = request;
      const onward = forward(`${endpoint}${url}`, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on("error", () => response.destroy()).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    takeCalls: () => {
      const taken = calls;
      calls = [];
      return taken;
    },
    close: () => server.close(),
  };
}

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
function callOf({ method = "", url = "", headers }: IncomingMessage, body: string): RecordedCall {
  const [, service = "sts"] =
    /Credential=[^/]+\/\d+\/[\w-]*\/(\w+)\/aws4_request/.exec(headers.authorization ?? "") ?? [];
  const path = decodeURIComponent(new URL(url, "http://aws").pathname);
  const parameters = new URLSearchParams(body);
  const ofAccount = (region: string, resource: string) =>
    `arn:aws:${service}:${region}:${EMULATED_ACCOUNT_ID}:${resource}`;
  switch (service) {
    case "apigateway":
      return { action: `apigateway:${method}`, resource: `arn:aws:apigateway:${EMULATED_REGION}::${path}` };
    case "sqs": {
      const { QueueUrl, QueueName = "" } = JSON.parse(body) as { QueueUrl?: string; QueueName?: string };
      const name = QueueUrl?.split("/").at(-1) ?? QueueName;
      const operation = String(headers["x-amz-target"]).replace("AmazonSQS.", "");
      return { action: `sqs:${operation}`, resource: ofAccount(EMULATED_REGION, name) };
    }
    case "logs": {
      const { logGroupName = "" } = JSON.parse(body) as { logGroupName?: string };
      const [, operation = ""] = String(headers["x-amz-target"]).split(".");
      return {
        action: `logs:${operation}`,
        resource: ofAccount(EMULATED_REGION, `log-group:${logGroupName}`),
      };
    }
    case "lambda": {
      const name = /\/functions\/([^/]+)\/policy/.exec(path)?.[1]?.split(":").at(-1) ?? path;
      const operation = { GET: "GetPolicy", POST: "AddPermission", DELETE: "RemovePermission" }[method];
      return {
        action: `lambda:${operation ?? method}`,
        resource: ofAccount(EMULATED_REGION, `function:${name}`),
      };
    }
    case "s3": {
      const [, bucket = "", key] = /^\/([^/]*)(?:\/(.+))?$/.exec(path) ?? [];
      const action = key === undefined ? "ListBucket" : `${OBJECT_ACTIONS[method] ?? method}Object`;
      return {
        action: `s3:${action}`,
        resource: `arn:aws:s3:::${bucket}${key === undefined ? "" : `/${key}`}`,
      };
    }
    default:
      return {
        action: `${service}:${parameters.get("Action") ?? ""}`,
        resource: ofAccount("", `role/${parameters.get("RoleName") ?? ""}`),
      };
  }
}

const OBJECT_ACTIONS: Readonly<Record<string, string>> = {
  GET: "Get",
  HEAD: "Get",
  PUT: "Put",
  DELETE: "Delete",
};
