"use strict";

/**
 * What is done with one message: yours to write. It may happen twice with the same message, unless the setting `idempotency` is on.
 * @param {{ messageId: string, body: string, messageAttributes: object, largeBody?: object }} record a message as Lambda hands it over; of
 *   a large body, with its bytes in `largeBody`
 * @param {import("@aws-lambda-powertools/logger").Logger} logger whose lines tell the message's ids
 */
exports.consume = async function consume({ body }, logger) {
  parse(body);
  logger.info("Message is worked on", { bytes: Buffer.byteLength(body) });
};

/** The parser's own error quotes the body, which is the sender's and does not belong in a log. */
function parse(body) {
  try {
    return JSON.parse(body);
  } catch {
    throw new Error("The body is no JSON.");
  }
}
