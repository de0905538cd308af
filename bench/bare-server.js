// The least that a server can do: reads the body, answers 200. Prints where it is, as JSON.
const { createServer } = require("node:http");

const server = createServer((request, response) => {
  request.resume().on("end", () => response.end("{}"));
});
server.listen(0, "127.0.0.1", () => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}/` }));
});
