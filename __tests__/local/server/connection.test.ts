import { once } from "node:events";
import net from "node:net";
import v8 from "node:v8";
import vm from "node:vm";
import type { Gateway } from "../../../local/apigateway/gateway";
import { type GatewayServer, startServer } from "../../../local/server/server";
import type { IncomingRequest } from "../../../local/apigateway/request";
import { tries } from "../../support/tries";

const RECEIVED: string[] = [];
let arrived: (request: IncomingRequest) => Promise<void>;
let server: GatewayServer;

const PATIENCE = 1000;
let impatient: GatewayServer;

beforeAll(async () => {
  const gateway: Pick<Gateway, "handle"> = {
    handle: async (request) => {
      const body = request.body.toString();
      RECEIVED.push(body);
      await arrived(request);
      return { status: 200, headers: [], body: `<${body}>` };
    },
  };
  const options = { gateways: new Map([["shop", gateway as Gateway]]), host: "127.0.0.1", port: 0 };
  server = await startServer(options);
  impatient = await startServer({ ...options, patience: PATIENCE });
});

beforeEach(() => {
  RECEIVED.length = 0;
  arrived = () => Promise.resolve();
});

afterAll(async () => {
  await server.close();
  await impatient.close();
});

function connect(to = server): net.Socket {
  return net.connect(Number(new URL(to.origin).port), "127.0.0.1");
}

/** What the process holds once garbage is collected. */
function heldBytes(): number {
  v8.setFlagsFromString("--expose-gc");
  const collect = vm.runInNewContext("gc") as () => void;
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Sends one text again and again until it is cut off; gives how often that was. */
async function stream(socket: net.Socket, text: string, most: number): Promise<number> {
  const closed = new Promise<void>((resolve) => {
    socket.on("error", () => undefined).on("close", resolve);
  });
  let sent = 0;
  for (; !socket.destroyed && sent < most; sent += 1) {
    if (socket.write(text)) continue;
    await Promise.race([closed, new Promise((resolve) => socket.once("drain", resolve))]);
  }
  return sent;
}

/** Everything that comes until the server ends the connection. */
async function readAll(socket: net.Socket): Promise<string> {
  let answer = "";
  socket.setEncoding("latin1").on("data", (chunk: string) => (answer += chunk));
  await once(socket, "end");
  return answer;
}

function exchange(text: string, to = server): Promise<string> {
  const socket = connect(to);
  socket.write(text, "latin1");
  return readAll(socket);
}

const statuses = (answer: string) => Array.from(answer.matchAll(/HTTP\/1\.1 (\d+)/g), ([, status]) => status);
const bodies = (answer: string) => answer.match(/<.*?>/g) ?? [];
const post = (body: string, headers = "") =>
  `POST /shop/prod HTTP/1.1\r\nHost: x\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`;
const LAST = "Connection: close\r\n";

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

describe("answers come in order", () => {
  it.each([0, 60])("a request's own, then 400 for the garbage behind it, after %i ms", async (delay) => {
    arrived = () => pause(delay);
    const answer = await exchange(`${post("first")}garbage\r\n\r\n`);
    expect(statuses(answer)).toEqual(["200", "400"]);
    expect(answer).toMatch(/<first>HTTP\/1\.1 400 Bad Request\r\n/);
  });

  it("garbage that comes while the request is under way waits too", async () => {
    arrived = () => pause(100);
    const socket = connect();
    socket.write(post("first"));
    await pause(30);
    socket.write("\0\0\0\0");
    expect(statuses(await readAll(socket))).toEqual(["200", "400"]);
  });

  it("requests sent at once are served one after the other", async () => {
    let served = 0;
    let most = 0;
    arrived = async ({ body }) => {
      most = Math.max(most, (served += 1));
      await pause(body.length % 7);
      served -= 1;
    };
    const texts = Array.from({ length: 300 }, (_, index) => "x".repeat(index % 50) + String(index));
    const answer = await exchange(texts.map((text) => post(text)).join("") + post("end", LAST));
    expect(bodies(answer)).toEqual([...texts, "end"].map((text) => `<${text}>`));
    expect(RECEIVED).toEqual([...texts, "end"]);
    expect(most).toBe(1);
  });

  it("a broken request behind others is answered after them, and never served", async () => {
    arrived = () => pause(20);
    const broken =
      "POST /shop/prod HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n";
    const answer = await exchange(post("one") + post("two") + broken + post("three"));
    expect(statuses(answer)).toEqual(["200", "200", "400"]);
    expect(RECEIVED).toEqual(["one", "two"]);
  });

  it("what follows a request without Host is not served", async () => {
    arrived = () => pause(20);
    const answer = await exchange(`${post("one")}POST /shop/prod HTTP/1.1\r\n\r\n${post("two")}`);
    expect(statuses(answer)).toEqual(["200", "400"]);
    expect(RECEIVED).toEqual(["one"]);
  });

  it.each(["<\r\n\r\n", "POST /shop/prod HTTP/1.1\r\n\r\n"])(
    "a caller that has ended its side is told too what was no request: %j",
    async (garbage) => {
      arrived = () => pause(20);
      const socket = connect();
      socket.end(post("one") + post("two") + garbage);
      expect(statuses(await readAll(socket))).toEqual(["200", "200", "400"]);
    },
  );

  it("what follows a last request is not served", async () => {
    const answer = await exchange(post("one", LAST) + post("two"));
    expect(statuses(answer)).toEqual(["200"]);
    expect(RECEIVED).toEqual(["one"]);
  });

  it("a caller that has ended its side still gets them", async () => {
    arrived = () => pause(50);
    const socket = connect();
    socket.end(post("one") + post("two"));
    expect(bodies(await readAll(socket))).toEqual(["<one>", "<two>"]);
  });
});

describe("what is no request of API Gateway's is answered, and not served", () => {
  const head = "POST /shop/prod HTTP/1.1\r\nHost: x\r\n";
  it.each([
    ["no HTTP", "hello\r\n\r\n", "400"],
    ["an unknown verb", "FETCH /shop/prod HTTP/1.1\r\nHost: x\r\n\r\n", "400"],
    ["HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400"],
    ["HTTP/2 as if it were HTTP/1", "POST /shop/prod HTTP/2.0\r\nHost: x\r\n\r\n", "505"],
    ["HTTP/0.9", "GET /shop/prod HTTP/0.9\r\n\r\n", "505"],
    ["no Host", "GET /shop/prod HTTP/1.1\r\n\r\n", "400"],
    ["two lengths", `${head}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`, "400"],
    ["a length and chunks", `${head}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, "400"],
    ["chunks and a length", `${head}Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n`, "400"],
    ["an unknown transfer encoding", `${head}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n`, "400"],
    ["a length that is no number", `${head}Content-Length: 3x\r\n\r\nabc`, "400"],
    ["a negative length", `${head}Content-Length: -1\r\n\r\n`, "400"],
    ["a length beyond all bounds", `${head}Content-Length: 99999999999999999999999\r\n\r\n`, "400"],
    ["a bad chunk", `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\nabc`, "400"],
    ["line feeds alone", "POST /shop/prod HTTP/1.1\nHost: x\nContent-Length: 1\n\na", "400"],
    ["a NUL in a header", `${head}X-A: \0\r\n\r\n`, "400"],
    ["a space before the colon", `${head}Content-Length : 3\r\n\r\nabc`, "400"],
    ["a CONNECT", "CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n", "400"],
    ["an OPTIONS of the server", `OPTIONS * HTTP/1.1\r\nHost: x\r\n${LAST}\r\n`, "404"],
    ["a whole URL without a path", `GET http://x HTTP/1.1\r\nHost: x\r\n${LAST}\r\n`, "404"],
    ["an unknown expectation", `${head}Expect: more\r\nContent-Length: 3\r\n\r\n`, "417"],
    ["more headers than are read", `${head}X-A: ${"a".repeat(70_000)}\r\n\r\n`, "413"],
    [
      "more trailers than are read",
      `${head}Transfer-Encoding: chunked\r\n\r\n0\r\nX-A: ${"a".repeat(70_000)}`,
      "413",
    ],
  ])("%s", async (_, text, status) => {
    expect(statuses(await exchange(text))).toEqual([status]);
    expect(RECEIVED).toEqual([]);
  });

  it("a folded header makes no second one: it is refused, or one value with Node.js before 20.12", async () => {
    const [status] = statuses(await exchange(`${head}X-A: 1\r\n Content-Length: 3\r\n${LAST}\r\nabc`));
    expect([status, RECEIVED]).toEqual(status === "200" ? ["200", [""]] : ["400", []]);
  });

  it("hundreds of megabytes of headers do not get in", async () => {
    const socket = connect();
    const answer = readAll(socket);
    socket.write(`${head}X-A: `);
    expect(await stream(socket, "a".repeat(1024 * 1024), 500)).toBeLessThan(150);
    expect(statuses(await answer)).toEqual(["413"]);
  });
});

describe("what API Gateway takes is served", () => {
  it.each([
    ["a whole URL", "POST http://a.example/shop/prod/x?y HTTP/1.1\r\nHost: x\r\n", "/prod/x", "y"],
    ["a whole URL over TLS", "POST HTTPS://a.example:1/shop/prod HTTP/1.1\r\nHost: x\r\n", "/prod", ""],
    ["HTTP/1.0 without Host", "POST /shop/prod HTTP/1.0\r\n", "/prod", ""],
    [
      "an Upgrade",
      "POST /shop/prod HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n",
      "/prod",
      "",
    ],
    ["an empty line first", "\r\nPOST /shop/prod HTTP/1.1\r\nHost: x\r\n", "/prod", ""],
  ])("%s", async (_, head, path, queryString) => {
    let request: IncomingRequest | undefined;
    arrived = (arrival) => {
      request = arrival;
      return Promise.resolve();
    };
    const socket = connect();
    socket.end(`${head}Content-Length: 3\r\n\r\nabc`);
    expect(bodies(await readAll(socket))).toEqual(["<abc>"]);
    expect(request).toMatchObject({ path, queryString });
  });

  it("an expectation of 100-continue", async () => {
    const socket = connect();
    const answer = readAll(socket);
    socket.write(
      `POST /shop/prod HTTP/1.1\r\nHost: x\r\n${LAST}Expect: 100-continue\r\nContent-Length: 3\r\n\r\n`,
    );
    await once(socket, "data");
    socket.write("abc");
    expect(statuses(await answer)).toEqual(["100", "200"]);
  });
});

it("all headers are read, however many there are", async () => {
  let headers: readonly string[] = [];
  arrived = (request) => {
    headers = request.headers;
    return Promise.resolve();
  };
  await exchange(post("one", `${"a:\r\n".repeat(9000)}X-Last: 1\r\n${LAST}`));
  expect(headers).toEqual(expect.arrayContaining(["X-Last", "1"]));
});

describe("payloads in pieces", () => {
  it("chunks of one byte weigh no more than their bytes", async () => {
    const count = tries(2_000_000);
    const before = heldBytes();
    const socket = connect();
    socket.write(`POST /shop/prod HTTP/1.1\r\nHost: x\r\n${LAST}Transfer-Encoding: chunked\r\n\r\n`);
    const answer = readAll(socket);
    await stream(socket, "1\r\na\r\n".repeat(10_000), count / 10_000);
    while (socket.writableLength > 0) await pause(20);
    await pause(200);
    // A chunk that is kept as it came weighs a hundred bytes and more.
    expect(heldBytes() - before).toBeLessThan(count * 25);
    socket.write("0\r\n\r\n");
    expect(statuses(await answer)).toEqual(["200"]);
    expect(RECEIVED[0]?.length).toBe(count);
  });

  it.each([
    ["announced", `Content-Length: ${2 ** 40}\r\n\r\n`, "a".repeat(1024 * 1024)],
    ["not announced", "Transfer-Encoding: chunked\r\n\r\n", `100000\r\n${"a".repeat(1024 * 1024)}\r\n`],
  ])(
    "a caller that streams on after 413, its length %s, has its answer and is cut off",
    async (_, head, piece) => {
      const socket = connect();
      const answer = readAll(socket);
      socket.write(`POST /shop/prod HTTP/1.1\r\nHost: x\r\n${head}`);
      expect(await stream(socket, piece, 500)).toBeLessThan(150);
      expect(statuses(await answer)).toEqual(["413"]);
      expect(RECEIVED).toEqual([]);
    },
  );

  it.each(["", LAST])(
    "a payload that is too long and all sent before the answer is read has its answer, %j",
    async (header) => {
      const socket = connect();
      socket.write(`POST /shop/prod HTTP/1.1\r\nHost: x\r\n${header}Content-Length: 12000000\r\n\r\n`);
      await new Promise((resolve) => socket.write(Buffer.alloc(12_000_000), resolve));
      expect(statuses(await readAll(socket))).toEqual(["413"]);
    },
  );
});

describe("callers that dawdle", () => {
  it.each([
    ["headers", "POST /shop/prod HTTP/1.1\r\nHost: x\r\n", ["408"]],
    ["a payload", "POST /shop/prod HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc", ["408"]],
    [
      "a chunk",
      "POST /shop/prod HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
      ["408"],
    ],
    ["a request behind another", `${post("one")}POST /shop`, ["200", "408"]],
    ["everything", "", []],
  ])("without the rest of %s they are told so, or cut off", async (_, text, expected) => {
    const started = Date.now();
    expect(statuses(await exchange(text, impatient))).toEqual(expected);
    expect(Date.now() - started).toBeLessThan(10_000);
  });

  it("one that never reads its answers is cut off", async () => {
    const text = post("x".repeat(100_000));
    expect(await stream(connect(impatient).pause(), text, 1000)).toBeLessThan(1000);
  });

  it("one that waits for its answer for longer is not", async () => {
    arrived = () => pause(3 * PATIENCE);
    expect(statuses(await exchange(post("one", LAST), impatient))).toEqual(["200"]);
  });
});
