// The least that can do a gateway's work: takes the body of a POST, makes the call to SQS that the gateways' mapping template makes
// of it, with the request's id and its trace, by undici over kept-alive connections, and answers 200 with the message's id. It
// reads no template, checks nothing and proves nothing. Prints where it is, as JSON.
const { randomUUID } = require("node:crypto");
const { createServer } = require("node:http");
const { Pool } = require("undici");

const [endpoint, queueUrl] = process.argv.slice(2);
const { origin, pathname } = new URL(endpoint);
const pool = new Pool(origin, { connections: 128, pipelining: 1 });
const headers = { "content-type": "application/x-amz-json-1.0", "x-amz-target": "AmazonSQS.SendMessage" };

async function send(message) {
  const requestId = randomUUID();
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  const trace = `Root=1-${seconds}-${requestId.replaceAll("-", "").slice(0, 24)}`;
  const body = JSON.stringify({
    QueueUrl: queueUrl,
    MessageBody: message,
    MessageAttributes: { RequestId: { DataType: "String", StringValue: requestId } },
    MessageSystemAttributes: { AWSTraceHeader: { DataType: "String", StringValue: trace } },
  });
  const answer = await pool.request({ path: pathname, method: "POST", headers, body });
  return answer.body.json();
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    send(Buffer.concat(chunks).toString()).then(
      ({ MessageId: messageId }) => {
        response.setHeader("Content-Type", "application/json");
        response.end(JSON.stringify({ messageId }));
      },
      () => response.destroy(),
    );
  });
});
server.listen(0, "127.0.0.1", () => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}/` }));
});
