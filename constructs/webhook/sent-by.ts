import { echoedHeaderTemplate, echoOnPostTemplate } from "../../mapping/handshake-template";
import type { EchoOnPost, Sender } from "../../webhooks/sender";
import type { SuccessAnswer } from "../api/success-response";
import { PLAIN_TEXT } from "./handshake";

/** The sender whose deliveries a method takes. */
export interface SentBy {
  readonly sender: Sender;
  /** Is its URL being registered? */
  readonly registering: boolean;
}

/** The answer of a method, with what the sender's handshake wants in it. */
export function withHandshake(answer: SuccessAnswer, { handshakes = [] }: Sender): SuccessAnswer {
  const echo = handshakes.find(({ kind }) => kind === "echo-on-post") as EchoOnPost | undefined;
  if (echo === undefined) return answer;
  const usual = answer.template ?? "$input.body";
  return echo.in === "body"
    ? { template: echoOnPostTemplate(echo.value, usual), headers: { ...answer.headers, ...PLAIN_TEXT } }
    : { ...answer, template: echoedHeaderTemplate(echo.value, echo.in.header, usual) };
}
