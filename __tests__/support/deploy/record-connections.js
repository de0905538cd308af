// Preloaded into Node.js: appends the host of each connection that the process opens to the file CONNECTIONS_FILE.
const { appendFileSync } = require("node:fs");
const { Socket } = require("node:net");

const connect = Socket.prototype.connect;

Socket.prototype.connect = function (...args) {
  const [target] = args.flat();
  if (typeof target === "object" && target.host)
    appendFileSync(process.env.CONNECTIONS_FILE, `${target.host}\n`);
  return connect.apply(this, args);
};
