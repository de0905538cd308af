import http from "node:http";
import net from "node:net";
import type { Gateway } from "../../../local/apigateway/gateway";
import { type GatewayServer, startServer } from "../../../local/server/server";
import type { IncomingRequest } from "../../../local/apigateway/request";
import type { OutgoingResponse } from "../../../local/apigateway/response";

const RECEIVED: IncomingRequest[] = [];
let respond: (request: IncomingRequest) => OutgoingResponse | Promise<OutgoingResponse>;
let server: GatewayServer;

beforeAll(async () => {
  const gateway: Pick<Gateway, "handle"> = {
    handle: async (request) => {
      RECEIVED.push(request);
      return respond(request);
    },
  };
  const gateways = new Map([["shop", gateway as Gateway]]);
  server = await startServer({ gateways, host: "127.0.0.1", port: 0 });
});

beforeEach(() => {
  RECEIVED.length = 0;
  respond = () => ({ status: 200, headers: [["X-Mixed-Case", "é"]], body: "ü" });
});

afterAll(() => server.close());

/** Sends bytes as they are and gives back all that comes until the connection ends. */
function exchange(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(new URL(server.origin).port), "127.0.0.1", () => socket.write(text));
    let answer = "";
    socket.setEncoding("latin1");
    socket.on("data", (chunk: string) => (answer += chunk));
    socket.on("end", () => {
      resolve(answer);
    });
    socket.on("error", reject);
  });
}

const CLOSE = "Host: x\r\nConnection: close\r\n";

describe("what the gateway is handed", () => {
  it.each([
    ["/shop/prod/a%2Fb//c/?x=%7C;y", "/prod/a%2Fb//c/", "x=%7C;y"],
    ["/shop//prod/a", "//prod/a", ""],
    ["/shop/prod/%zz", "/prod/%zz", ""],
    ["/shop/prod/../a", "/prod/../a", ""],
    ["/shop", "/", ""],
  ])("%s is as it was sent", async (url, path, queryString) => {
    await exchange(`GET ${url} HTTP/1.1\r\n${CLOSE}\r\n`);
    expect(RECEIVED).toMatchObject([{ path, queryString }]);
  });

  it.each(
    ["OPTIONS", "HEAD", "PROPFIND", "PATCH", "TRACE", "DELETE", "QUERY"].filter((verb) =>
      http.METHODS.includes(verb),
    ),
  )("%s is a verb like any other", async (verb) => {
    await exchange(`${verb} /shop/prod/a HTTP/1.1\r\n${CLOSE}\r\n`);
    expect(RECEIVED).toMatchObject([{ method: verb }]);
  });

  it.each(["GET", "POST"])("a %s's payload and headers arrive whatever the content type", async (verb) => {
    const headers = `${CLOSE}Content-Type: not/a;;type\r\nX-Twice: 1\r\nx-twice: 2\r\nContent-Length: 3\r\n`;
    await exchange(`${verb} /shop/prod/a HTTP/1.1\r\n${headers}\r\nabc`);
    expect(RECEIVED[0]?.body.toString()).toBe("abc");
    expect(RECEIVED[0]?.headers).toEqual(expect.arrayContaining(["X-Twice", "1", "x-twice", "2"]));
  });

  it("a chunked payload is whole", async () => {
    const answer = await exchange(
      `POST /shop/prod/a HTTP/1.1\r\n${CLOSE}Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 200/);
    expect(RECEIVED[0]?.body.toString()).toBe("abc");
  });
});

describe("what the caller is answered", () => {
  it("keeps the case of names and sends text as UTF-8", async () => {
    const answer = await exchange(`GET /shop/prod/a HTTP/1.1\r\n${CLOSE}\r\n`);
    expect(answer).toContain(`X-Mixed-Case: ${Buffer.from("é").toString("latin1")}\r\n`);
    expect(answer).toMatch(/Content-Length: 2\r\n[\s\S]*\r\n\r\n\u00c3\u00bc$/);
  });

  it("has no body for HEAD and 204", async () => {
    expect(await exchange(`HEAD /shop/prod/a HTTP/1.1\r\n${CLOSE}\r\n`)).toMatch(/\r\n\r\n$/);
    respond = () => ({ status: 204, headers: [], body: "" });
    expect(await exchange(`GET /shop/prod/a HTTP/1.1\r\n${CLOSE}\r\n`)).not.toMatch(/content-length/i);
  });

  it("is 404 with the APIs' names where there is none of that name", async () => {
    const answer = await exchange(`GET /nothing/prod HTTP/1.1\r\n${CLOSE}\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 404/);
    expect(answer).toContain("/shop");
    expect(RECEIVED).toHaveLength(0);
  });
});

describe("a payload of more than 10 MiB", () => {
  const tooLarge = "HTTP content length exceeded 10485760 bytes.";

  it("is refused in plain text before the API sees it", async () => {
    const response = await fetch(`${server.origin}/shop/prod/a`, {
      method: "POST",
      body: Buffer.alloc(10 * 1024 * 1024 + 1),
    });
    expect([response.status, response.headers.get("content-type"), await response.text()]).toEqual([
      413,
      "text/plain",
      tooLarge,
    ]);
    expect(RECEIVED).toHaveLength(0);
  });

  it("is refused when its length is not announced", async () => {
    const chunk = Buffer.alloc(1024 * 1024);
    const body = new ReadableStream({
      start(controller) {
        for (let sent = 0; sent < 11; sent += 1) controller.enqueue(chunk);
        controller.close();
      },
    });
    const init: RequestInit & { duplex: "half" } = { method: "POST", body, duplex: "half" };
    const response = await fetch(`${server.origin}/shop/prod/a`, init);
    expect([response.status, await response.text()]).toEqual([413, tooLarge]);
  });

  it("of exactly 10 MiB is fine", async () => {
    const response = await fetch(`${server.origin}/shop/prod/a`, {
      method: "POST",
      body: Buffer.alloc(10 * 1024 * 1024),
    });
    expect(response.status).toBe(200);
  });
});

describe("closing", () => {
  it("lets a running request end and takes no more than a second", async () => {
    let arrived: () => void = () => undefined;
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const handle = () => {
      arrived();
      return new Promise(() => undefined);
    };
    const gateways = new Map([["a", { handle } as unknown as Gateway]]);
    const stuck = await startServer({ gateways, host: "127.0.0.1", port: 0 });
    const hanging = fetch(`${stuck.origin}/a/prod`).catch(() => "cut off");
    await arrival;
    const started = Date.now();
    await stuck.close();
    expect(Date.now() - started).toBeLessThan(1000);
    expect(await hanging).toBe("cut off");
  });

  it("tells in one line that a port is taken", async () => {
    const port = Number(new URL(server.origin).port);
    await expect(startServer({ gateways: new Map(), host: "127.0.0.1", port })).rejects.toThrow(
      `port: is already in use, got ${port} on 127.0.0.1; any free port, or 0 to have one chosen, is allowed. Choose another with port, or another address with host.`,
    );
  });
});
