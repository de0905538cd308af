// cdktf notes where each token is made, for messages of its own; it is a third of the time that a stack takes, and more in
// Jest, which looks each place up in source maps. cdktf has no switch for it: this is one.
const { captureStackTrace } = Error;

Error.captureStackTrace = (target, below) => {
  if (below?.name !== "captureStackTrace") captureStackTrace(target, below);
};
