import { type Schema, anyOf } from "./schema";

/** One way in which a method can answer. */
export interface Answer {
  readonly status: number;
  /** When the caller gets it: a sentence of Markdown. */
  readonly when: string;
  /** By media type; none for an answer without a body. */
  readonly bodies: Readonly<Record<string, Schema>>;
  readonly headers: Readonly<Record<string, Schema>>;
}

/** Headers with which API Gateway names a request to AWS's support. */
export const REQUEST_ID_HEADERS: Answer["headers"] = {
  "x-amzn-RequestId": { type: "string" },
  "x-amz-apigw-id": { type: "string" },
};

/** Answers by status as a Responses Object: one response for all that share a status. */
export function responsesObject(answers: readonly Answer[]): Readonly<Record<string, object>> {
  const statuses = [...new Set(answers.map(({ status }) => status))].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => [
      String(status),
      response(answers.filter((answer) => answer.status === status)),
    ]),
  );
}

function response(answers: readonly Answer[]): object {
  const mediaTypes = [...new Set(answers.flatMap(({ bodies }) => Object.keys(bodies)))];
  const causes = [...new Set(answers.map(({ when }) => when))];
  const content = mediaTypes.map((mediaType) => [mediaType, mediaTypeObject(answers, mediaType)] as const);
  const unknown = content.filter(([, { schema }]) => Object.keys(schema).length === 0);
  const notes = unknown.map(([mediaType]) => `The body's shape as ${mediaType} is not known.`);
  return {
    description: [
      causes.length === 1 ? causes.join("") : causes.map((cause) => `- ${cause}`).join("\n"),
      ...notes,
    ].join("\n\n"),
    headers: headersObject(answers),
    ...(mediaTypes.length > 0 && { content: Object.fromEntries(content) }),
  };
}

function mediaTypeObject(answers: readonly Answer[], mediaType: string) {
  return { schema: anyOf(answers.flatMap<Schema>(({ bodies }) => bodies[mediaType] ?? [])) };
}

/** A header is required where every answer has it. */
function headersObject(answers: readonly Answer[]): object {
  const byLowerCase = new Map(
    answers.flatMap(({ headers }) => Object.keys(headers)).map((name) => [name.toLowerCase(), name]),
  );
  return Object.fromEntries(
    [...byLowerCase].map(([lower, name]) => {
      const schemas = answers.flatMap<Schema>(
        ({ headers }) => Object.entries(headers).find(([other]) => other.toLowerCase() === lower)?.[1] ?? [],
      );
      return [name, { required: schemas.length === answers.length, schema: anyOf(schemas) }];
    }),
  );
}
