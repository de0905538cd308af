import { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { IAMClient } from "@aws-sdk/client-iam";
import { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { SQSClient } from "@aws-sdk/client-sqs";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import {
  EXPIRED_CREDENTIALS,
  explainedBy,
  FOREIGN_ANSWER,
  NO_CREDENTIALS,
  OTHER_REFUSAL,
  type Refusal,
  UNREACHABLE,
  UNTAKEN_CREDENTIALS,
} from "../errors/sdk-refusal";

/** What is asked of AWS, in the words of IAM: reading, all of it. */
export const ACTIONS = [
  "tag:GetResources",
  "apigateway:GET",
  "sqs:ListQueues",
  "sqs:GetQueueUrl",
  "sqs:GetQueueAttributes",
  "sqs:ListQueueTags",
  "iam:ListRoles",
  "iam:ListRoleTags",
  "iam:ListRolePolicies",
  "iam:ListAttachedRolePolicies",
];

/** AWS's services in one Region. */
export interface Aws {
  readonly region: string;
  readonly apiGateway: APIGatewayClient;
  readonly iam: IAMClient;
  readonly sqs: SQSClient;
  readonly sts: STSClient;
  readonly tagging: ResourceGroupsTaggingAPIClient;
}

/** The clients, with the credentials that the AWS CLI finds, and at AWS_ENDPOINT_URL where that is set. */
export function awsIn(region: string): Aws {
  const settings = {
    region,
    requestHandler: { connectionTimeout: 10_000, requestTimeout: 60_000, throwOnRequestTimeout: true },
  };
  return {
    region,
    apiGateway: new APIGatewayClient(settings),
    iam: new IAMClient(settings),
    sqs: new SQSClient(settings),
    sts: new STSClient(settings),
    tagging: new ResourceGroupsTaggingAPIClient(settings),
  };
}

/** Whose credentials these are; it needs no permission. */
export async function accountOf({ sts }: Aws): Promise<string> {
  const { Account = "" } = await asked(sts.send(new GetCallerIdentityCommand({})));
  return Account;
}

/** AWS's answer; a refusal becomes one line. */
export function asked<Answer>(answer: Promise<Answer>): Promise<Answer> {
  return explainedBy(answer, { where: "AWS", known: KNOWN, other: OTHER_REFUSAL });
}

/** The items of all pages. */
export function listed<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const all = async () => {
    const items: Item[] = [];
    for await (const page of pages) items.push(...(itemsOf(page) ?? []));
    return items;
  };
  return asked(all());
}

/** AWS's answer, or undefined where AWS says that there is no such thing. */
export async function askedFor<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  return asked(
    answer.catch((error: unknown) => {
      if (error instanceof Error && MISSING.test(error.name)) return undefined;
      throw error;
    }),
  );
}

const MISSING =
  /^(NotFoundException|NoSuchEntity(Exception)?|QueueDoesNotExist|AWS\.SimpleQueueService\.NonExistentQueue)$/;

const KNOWN: readonly Refusal[] = [
  NO_CREDENTIALS,
  EXPIRED_CREDENTIALS,
  [
    ...UNTAKEN_CREDENTIALS,
    "those of an account, in the stack's Region",
    "Correct them, or choose others by AWS_PROFILE.",
  ],
  [
    /^(AccessDenied|AccessDeniedException|UnauthorizedOperation)$/,
    "refuses what these credentials may not do, and a list with gaps would say too little",
    `credentials that may ${ACTIONS.join(", ")}`,
    "Ask for those, or choose others by AWS_PROFILE.",
  ],
  [
    ...UNREACHABLE,
    "a network, and a Region that there is",
    "Correct AWS_ENDPOINT_URL or the Region, or try again.",
  ],
  [
    /^(Throttling|ThrottlingException|ThrottledException|TooManyRequestsException|InternalServiceException|ServiceUnavailable|HTTP (429|5\d\d))$/,
    "can't answer now, after several tries",
    "fewer calls at a time",
    "Run this again in a minute.",
  ],
  [...FOREIGN_ANSWER, "AWS's own answer", "Sign in there, use another network, or correct AWS_ENDPOINT_URL."],
];
