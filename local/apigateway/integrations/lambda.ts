import { type LambdaAnswer, type LambdaApi, parsePayload } from "../../lambda/function-invoker";
import { errorMessageOf } from "../../lambda/lambda-endpoint-invoker";
import { invokedFunction } from "../../terraform/lambda-uri";
import { badGateway, internalServerError, unanswered } from "../gateway-error";
import type { IntegrationRequest } from "../integration-request";
import type { CallIntegration } from "../integration-response";

/**
 * The AWS integration to Lambda: the mapped request is the function's event. Selection patterns are matched with the message of the
 * function's error; of what it returns, with an empty text. Recorded on AWS.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html
 */
export function lambdaIntegration(lambda: LambdaApi): CallIntegration {
  return async (request) => {
    const answer = await invoke(lambda, request);
    return {
      status: 200,
      headers: [["Content-Type", "application/json"]],
      selectionValue: answer.isFunctionError ? (errorMessageOf(parsePayload(answer.payload)) ?? "") : "",
      body: answer.payload,
    };
  };
}

/** The AWS_PROXY integration to Lambda. A function that fails is 502. Recorded on AWS. */
export function lambdaProxyIntegration(lambda: LambdaApi): CallIntegration {
  return async (request) => {
    const { isFunctionError, payload } = await invoke(lambda, request);
    if (isFunctionError) {
      throw badGateway(`The function failed: ${errorMessageOf(parsePayload(payload)) ?? "no message"}`);
    }
    return { status: 200, headers: [], body: payload };
  };
}

/**
 * A call that Lambda refuses, because it throttles or has no such function, is 500. Observed of throttling.
 * @see https://repost.aws/questions/QUfI6bsdd0SOiPeyimzxSkfQ
 */
async function invoke(lambda: LambdaApi, request: IntegrationRequest): Promise<LambdaAnswer> {
  const functionArn = invokedFunction(request.uri) ?? "";
  const event = request.body.toString();
  const signal = AbortSignal.timeout(request.timeoutInMillis);
  let answer: LambdaAnswer;
  try {
    answer = await lambda.call(functionArn, event === "" ? "{}" : event, signal, invocationType(request));
  } catch (error) {
    throw unanswered(error, signal.aborted);
  }
  const { status, payload } = answer;
  if (status >= 200 && status < 300) return answer;
  throw internalServerError(new Error(`Lambda answered ${status} for ${functionArn}: ${payload}`));
}

/** A function that is called by `Event` answers nothing. */
function invocationType({ headers }: IntegrationRequest): string | undefined {
  const name = Object.keys(headers).find((header) => header.toLowerCase() === "x-amz-invocation-type");
  return name === undefined ? undefined : headers[name]?.toString();
}
