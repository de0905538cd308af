import { S3ConnectionError, S3TimeoutError } from "../../s3/s3-error";
import type { S3Service } from "../../s3/s3-service";
import { s3Target } from "../../terraform/s3-target";
import { internalServerError, unanswered } from "../gateway-error";
import { type IntegrationRequest, singleValues } from "../integration-request";
import type { CallIntegration } from "../integration-response";
import type { BucketPermission } from "../permissions";

/** Bytes of an answer that API Gateway takes. */
const LONGEST_ANSWER = 10 * 1024 * 1024;

/** The AWS integration to S3: the path of its URI is the path of S3's own. */
export function s3Integration(service: S3Service, authorize: BucketPermission): CallIntegration {
  return async (request) => {
    const target = s3Target(request.uri);
    if (target === undefined) throw internalServerError(new Error(`${request.uri} is no URI of S3.`));
    try {
      const answer = await service.send({
        ...target,
        httpMethod: request.httpMethod,
        query: queryOf(request, target.query),
        headers: singleValues(request.headers),
        body: request.body,
        authorize,
        timeoutMs: request.timeoutInMillis,
      });
      if (answer.body.length <= LONGEST_ANSWER) return answer;
    } catch (error) {
      const isTimeout = error instanceof S3TimeoutError;
      if (!isTimeout && !(error instanceof S3ConnectionError)) throw error;
      throw unanswered(error, isTimeout);
    }
    throw internalServerError(
      new Error("S3's answer is longer than 10 MiB, which API Gateway does not pass on"),
    );
  };
}

/** @param ofUri what the integration's URI has already */
function queryOf({ query }: IntegrationRequest, ofUri: string | undefined): URLSearchParams {
  const all = new URLSearchParams(ofUri);
  for (const [name, value] of Object.entries(query)) for (const one of [value].flat()) all.append(name, one);
  return all;
}
