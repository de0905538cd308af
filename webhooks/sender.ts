/** Where in a request a value is: one of the sources that settings may name. */
export type Place =
  | { readonly header: string }
  | { readonly query: string }
  /** In a JSON body, such as `$.event_id`. */
  | { readonly jsonPath: string };

/** The answer to a delivery that SQS has. */
export interface Answer {
  /** @default 200 */
  readonly status?: number;
  /** The body, as it is. */
  readonly body: string;
  /** @default "application/json" */
  readonly contentType?: string;
}

/** A header signed by an HMAC. In `signed` and `value`, `{…}` stands for a part of the request. */
export interface HmacSignature {
  readonly kind: "hmac";
  readonly hash: "sha1" | "sha256" | "sha512";
  /** What is signed, of `{body}`, `{url}` with its query, `{method}`, `{timestamp}` and `{id}`: `v0:{timestamp}:{body}`. */
  readonly signed: string;
  /**
   * How the key is made of the secret: its characters, its bytes in hex or base64, or base64 behind `whsec_`.
   * @default "text"
   */
  readonly key?: "text" | "hex" | "base64" | "whsec";
  readonly encoding: "hex" | "base64";
  /** The header that carries it. */
  readonly header: string;
  /**
   * The header's value, of `{signature}` and `{timestamp}`: `t={timestamp},v1={signature}`.
   * @default "{signature}"
   */
  readonly value?: string;
  /** Between several signatures in one header: any right one will do. */
  readonly separator?: string;
  /** Header with the time of the signature, where it is not in the signature's own. */
  readonly timestampHeader?: string;
  /** The same in a JSON body, where no header has it. */
  readonly timestampJsonPath?: string;
  /** @default "seconds" */
  readonly timestampUnit?: "seconds" | "milliseconds" | "iso8601";
  readonly idHeader?: string;
  /** Seconds between the signature and its receipt after which the sender's own library refuses it. */
  readonly toleranceSeconds?: number;
}

/** A secret that the sender sends with each delivery, in a header of its own. */
export interface SharedSecret {
  readonly kind: "secret";
  readonly header: string;
}

/** A signature that is made in a way of its own; `webhooks/signatures/` has a file of that name. */
export interface OwnSignature {
  readonly kind: "own";
  readonly name: string;
  /** How it is made, in a sentence. */
  readonly told: string;
  /** Headers that it is checked with; none where all of it is in the body. */
  readonly headers: readonly string[];
  readonly signsUrl?: true;
  readonly toleranceSeconds?: number;
}

/** One way in which a sender's deliveries can be told from forged ones. */
export type Signature = HmacSignature | SharedSecret | OwnSignature;

/** A value of the request that the answer repeats. */
export interface Echo {
  readonly kind: "echo";
  readonly verb: "GET";
  readonly challenge: { readonly query: string } | { readonly header: string };
  /** The body: the value as it is, or as the string at this key of a JSON object. */
  readonly as: "text" | { readonly key: string };
  /** Query parameter whose value is compared with the Terraform variable `webhook_verify_token` before anything is echoed. */
  readonly verifyToken?: { readonly query: string };
}

/** A request that wants the same answer each time. */
export interface Constant {
  readonly kind: "constant";
  readonly verb: "GET" | "HEAD" | "OPTIONS";
  readonly headers?: Readonly<Record<string, string>>;
}

/** A POST to the same path whose answer repeats a value of its query or its headers. The message is queued, too. */
export interface EchoOnPost {
  readonly kind: "echo-on-post";
  readonly value: { readonly query: string } | { readonly header: string };
  /** Where the answer has it: in the body, as text, or in a header of this name. */
  readonly in: "body" | { readonly header: string };
}

/**
 * A POST whose body has the value that the answer must repeat. There is no recording that a response template of an AWS integration
 * can know the request's body; that one of a MOCK integration can is recorded. So while the sender is registered, the method is a
 * MOCK, which accepts nothing but this request.
 */
export interface Registration {
  readonly kind: "registration";
  /** Of the body that is the handshake: a path and the value there. */
  readonly when: { readonly jsonPath: string; readonly equals: string };
  readonly challenge: { readonly jsonPath: string };
}

/** What a consumer of the queue finishes: the message is the handshake. */
export interface FinishedByConsumer {
  readonly kind: "consumer";
  /** What the consumer does, in a sentence. */
  readonly told: string;
}

/** How a sender finds out that a URL wants its deliveries. */
export type Handshake = Echo | Constant | EchoOnPost | Registration | FinishedByConsumer;

/**
 * What is known of a sender of webhooks: what it sends, and what it wants back. Data: each value that is a setting, too, can be
 * overridden by it.
 */
export interface Sender {
  /** Its name, for people. */
  readonly title: string;
  /** The sender's own documentation. */
  readonly documentation: string;
  /** Setting `contentTypes`. */
  readonly contentTypes: readonly string[];
  /** Setting `forwardHeaders`: what a consumer needs of a delivery, with the signature's headers. SQS takes ten attributes in all. */
  readonly forwardHeaders: readonly string[];
  /** Setting `messageDeduplicationId` on a FIFO queue: what stays the same when the sender sends a delivery again. */
  readonly messageDeduplicationId?: Place;
  /** Setting `response`. @default - SQS's own answer, 200 */
  readonly answer?: Answer;
  readonly handshakes?: readonly Handshake[];
  /** Ways in which deliveries are told from forged ones; a delivery has one of them. Empty: none, `instead` tells what to do. */
  readonly signatures: readonly Signature[];
  /** What to check where nothing is signed. */
  readonly instead?: string;
  /** The npm package that verifies it: the sender's own, or `standardwebhooks`. */
  readonly library?: string;
  /** Seconds in which the sender wants its answer. */
  readonly timeLimitSeconds?: number;
  /** Does the sender take a 4xx for final? Then what passes by itself is answered 503. */
  readonly is4xxFinal?: true;
  /**
   * What the sender can send to show who it is, beside its signature: any header of yours, a value of yours as `Authorization`, the same
   * only once a 401 with `WWW-Authenticate` asks for it, or headers of these names.
   */
  readonly credentials: "any-header" | "authorization" | "authorization-when-asked" | readonly string[];
  /** Text of a delivery as the sender documents it, for samples. */
  readonly sample: string;
  /** What a user has to know besides, a sentence each. */
  readonly notes?: readonly string[];
}
