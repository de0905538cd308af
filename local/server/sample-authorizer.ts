import path from "node:path";

/** The sample authorizer of this project. */
export const sampleAuthorizer = path.join(__dirname, "..", "..", "lambda", "token-authorizer");

/** The token that it accepts unless another one is given. */
export const SAMPLE_TOKEN = "testtoken";
