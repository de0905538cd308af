import type { HmacSignature } from "../sender";

/** What a sender signs of a request, and what it sends. */
export interface SentRequest {
  /** By name, in the sender's writing. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** With its query; absent where nobody needs it. */
  readonly url?: string | undefined;
}

/** What a signature is made with. */
export interface SigningMaterial {
  /** What the consumer has, too: the shared secret, or what else tells whose deliveries are wanted. */
  readonly secret: string;
  /** PEM; of senders that sign with a key pair. */
  readonly privateKey?: string | undefined;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  /** The sender's own id of the delivery. */
  readonly id: string;
}

/** Header of a delivery by its name, in any case. */
export type HeaderOf = (name: string) => string | undefined;

/** What is known of a received delivery when its signature is checked. */
export interface Delivery {
  readonly header: HeaderOf;
  /** As the sender sent it. */
  readonly bytes: Buffer;
  readonly text: string;
  /** What the text says as JSON; undefined where it is none. */
  readonly json: () => unknown;
  /**
   * With its query.
   * @throws VerificationError where nobody told it
   */
  readonly url: () => string;
  /** Fetches a certificate (PEM) by a URL that the scheme has checked. */
  readonly certificate: (url: URL) => Promise<string>;
}

/** A way of signing that is a sender's own. */
export interface OwnScheme {
  /** Made by node:crypto alone, so that a library's check of it proves something. */
  readonly sign: (request: SentRequest, material: SigningMaterial) => SentRequest;
  /** Is there such a signature, be it right or wrong? */
  readonly isPresent: (delivery: Delivery) => boolean;
  /** Absent where the sender's library checks it. */
  readonly isGenuine?: (delivery: Delivery, secret: string) => boolean | Promise<boolean>;
  /** When it was signed, in milliseconds; absent where no time is signed. */
  readonly timestamp?: (delivery: Delivery) => number;
  /** The sender's own id, where the signature covers it. */
  readonly id?: (delivery: Delivery) => string | undefined;
  /** The form of the secret, where it is an HMAC's key. @default "text" */
  readonly key?: HmacSignature["key"];
  /** How the consumer's secret and the signer's key pair are made for a sample. @default - a random text is the secret */
  readonly keyType?: "rsa" | "ec";
}
