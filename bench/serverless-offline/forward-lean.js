// The leanest function that forwards a message to SQS, as nobody writes it: no SDK, no check of the answer's digest.
const { Agent, request } = require("node:http");

const agent = new Agent({ keepAlive: true });
const { SQS_ENDPOINT, SQS_QUEUE_URL } = process.env;
const headers = { "content-type": "application/x-amz-json-1.0", "x-amz-target": "AmazonSQS.SendMessage" };

exports.handler = ({ message }) =>
  new Promise((resolve, reject) => {
    const post = request(SQS_ENDPOINT, { method: "POST", agent, headers }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk) => (body += chunk));
      response.on("end", () => {
        if (response.statusCode === 200) resolve(JSON.parse(body));
        else reject(new Error(body));
      });
    });
    post.on("error", reject);
    post.end(JSON.stringify({ QueueUrl: SQS_QUEUE_URL, MessageBody: JSON.stringify(message) }));
  });
