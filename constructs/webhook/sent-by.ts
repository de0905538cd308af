import {
  type BodyHandshake,
  echoedHeaderTemplate,
  echoOnPostTemplate,
  registrationTemplate,
} from "../../mapping/handshake-template";
import type { EchoOnPost, Registration, Sender } from "../../webhooks/sender";
import type { SuccessAnswer } from "../api/success-response";
import { NOSNIFF } from "./handshake";

/** The sender whose deliveries a method takes. */
export interface SentBy {
  readonly sender: Sender;
  /** Is its URL being registered? */
  readonly registering: boolean;
}

const TEXT = { "Content-Type": "'text/plain'", ...NOSNIFF };

/** A handshake that turns a method into a MOCK while `isOn`. */
export interface RegistrationSwitch extends BodyHandshake {
  readonly isOn: boolean;
}

/** The handshake for which the method is a MOCK while the URL is registered. */
export function registrationOf({ sender, registering }: SentBy): RegistrationSwitch | undefined {
  const found = sender.handshakes?.find(({ kind }) => kind === "registration") as Registration | undefined;
  return found && { when: found.when, challenge: found.challenge, isOn: registering };
}

/** The answer of a method, with what the sender's handshake wants in it. */
export function withHandshake(answer: SuccessAnswer, { sender, registering }: SentBy): SuccessAnswer {
  if (registering) return { template: registrationTemplate(), headers: TEXT };
  const echo = sender.handshakes?.find(({ kind }) => kind === "echo-on-post") as EchoOnPost | undefined;
  if (echo === undefined) return answer;
  const usual = answer.template ?? "$input.body";
  return echo.in === "body"
    ? { template: echoOnPostTemplate(echo.value, usual), headers: { ...answer.headers, ...TEXT } }
    : { ...answer, template: echoedHeaderTemplate(echo.value, echo.in.header, usual) };
}
