import { startGateway } from "queue-leveling/start-gateway";

const gateway = await startGateway({ stacks: process.argv.slice(2) });
const headers = { "Content-Type": "application/json" };
const { status } = await fetch(gateway.stacks[0].url, { method: "POST", headers, body: "[1]" });
console.log(
  status,
  (await gateway.messages()).map(({ body }) => body),
);
await gateway.close();
