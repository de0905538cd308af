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
    case "lambda": {
      const [, version = "", kind = "", name, part = ""] = LAMBDA_PATH.exec(path) ?? [];
      const operation = LAMBDA_OPERATIONS[`${method} ${kind}${name === undefined ? "" : "/"}${part}`];
      const { FunctionName = "" } = (method === "POST" ? JSON.parse(body) : {}) as { FunctionName?: string };
      const type = kind === "event-source-mappings" ? "event-source-mapping" : "function";
      const resource = ofAccount(EMULATED_REGION, `${type}:${name?.split(":").at(-1) ?? FunctionName}`);
      return {
        action: `lambda:${operation ?? `${method} ${version}/${path}`}`,
        resource: kind === "tags" ? (name ?? "") : resource,
      };
    }
    case "logs":
    case "dynamodb": {
      const operation = String(headers["x-amz-target"]).split(".").at(-1) ?? "";
      const { logGroupName, TableName, ...others } = JSON.parse(body) as Readonly<Record<string, string>>;
      const arn = others.resourceArn ?? others.ResourceArn;
      const resource = service === "logs" ? `log-group:${logGroupName ?? "*"}` : `table/${TableName ?? ""}`;
      return { action: `${service}:${operation}`, resource: arn ?? ofAccount(EMULATED_REGION, resource) };
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

/** `/2015-03-31/functions/{name}/policy`, perhaps with more behind it; a name may be an ARN. */
const LAMBDA_PATH = /^[/]([\d-]+)[/]([\w-]+)(?:[/]([^/]+)(?:[/]([\w-]+))?)?(?:[/].*)?$/;

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html */
const LAMBDA_OPERATIONS: Readonly<Record<string, string>> = {
  "POST functions": "CreateFunction",
  "GET functions/": "GetFunction",
  "DELETE functions/": "DeleteFunction",
  "PUT functions/code": "UpdateFunctionCode",
  "PUT functions/configuration": "UpdateFunctionConfiguration",
  "GET functions/configuration": "GetFunctionConfiguration",
  "GET functions/versions": "ListVersionsByFunction",
  "GET functions/code-signing-config": "GetFunctionCodeSigningConfig",
  "PUT functions/concurrency": "PutFunctionConcurrency",
  "DELETE functions/concurrency": "DeleteFunctionConcurrency",
  "GET functions/policy": "GetPolicy",
  "POST functions/policy": "AddPermission",
  "DELETE functions/policy": "RemovePermission",
  "GET tags/": "ListTags",
  "POST event-source-mappings": "CreateEventSourceMapping",
  "GET event-source-mappings/": "GetEventSourceMapping",
  "PUT event-source-mappings/": "UpdateEventSourceMapping",
  "DELETE event-source-mappings/": "DeleteEventSourceMapping",
};

const OBJECT_ACTIONS: Readonly<Record<string, string>> = {
  GET: "Get",
  HEAD: "Get",
  PUT: "Put",
  DELETE: "Delete",
};
