// The S3 emulator's process. fauxqs is ESM only, and objects of 10 MiB would weigh on the gateway's memory: hence a process of its
// own, forked by s3-emulator.ts, which also ends it. The objects' bytes are files of a folder that is gone with the process.
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

// Ctrl-C reaches the whole process group; the parent still has requests to finish and ends this process itself.
process.on("SIGINT", () => undefined);
process.on("disconnect", () => process.exit());

const options = once(process, "message");
const { buildApp } = await import("fauxqs");
const { S3Store } = await import(new URL("s3/s3Store.js", import.meta.resolve("fauxqs")));

const folder = mkdtempSync(path.join(tmpdir(), "queue-leveling-s3-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** fauxqs keeps every object in memory: a hundred of the largest would be a gigabyte. */
class ObjectsOnDisk extends S3Store {
  count = 0;

  putObject(bucket, key, body, ...rest) {
    const before = this.buckets.get(bucket)?.get(key);
    const object = super.putObject(bucket, key, body, ...rest);
    const file = path.join(folder, String((this.count += 1)));
    writeFileSync(file, body);
    Object.defineProperties(object, { body: { get: () => readFileSync(file) }, file: { value: file } });
    drop(before);
    return object;
  }

  deleteObject(bucket, key) {
    const before = this.buckets.get(bucket)?.get(key);
    super.deleteObject(bucket, key);
    drop(before);
  }
}

function drop(object) {
  if (object?.file !== undefined) rmSync(object.file, { force: true });
}

const [{ host, port }] = await options;
const s3Store = new ObjectsOnDisk();
const app = buildApp({ logger: false, stores: { s3Store } });

// What other sites' pages in a browser on this machine send is refused, before it is read.
app.addHook("onRequest", (request, reply, done) => {
  const { host: asked = "", origin, "sec-fetch-site": site = "none" } = request.headers;
  const isOwn = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/i.test(asked);
  if (isOwn && origin === undefined && site === "none") return void done();
  reply.code(403).send({ message: "This S3 emulator serves programs on this machine's own names only." });
});

// An object may be of any type: fauxqs would read forms and JSON of SQS's as such, and refuse what is no media type. While it reads, all are
// bytes; S3's own default stands for what has no type.
const types = new WeakMap();
app.addHook("onRequest", (request, _reply, done) => {
  types.set(request, request.headers["content-type"] ?? "binary/octet-stream");
  request.headers["content-type"] = "application/octet-stream";
  done();
});
app.addHook("preHandler", (request, _reply, done) => {
  request.headers["content-type"] = types.get(request);
  done();
});

// Headers that S3 keeps with an object: of the type, Fastify sends what is a media type only, and of the others fauxqs keeps none.
const KEPT = ["cache-control", "content-disposition", "content-encoding", "content-language", "expires"];
const kept = new WeakMap();
app.addHook("onSend", async ({ method, params, headers }, reply) => {
  const object = s3Store.buckets.get(params.bucket)?.get(params["*"]);
  if (object === undefined || reply.statusCode >= 300) return;
  if (method === "PUT") {
    kept.set(object, Object.fromEntries(KEPT.flatMap((name) => keptOf(name, headers[name]))));
  } else if (method === "GET" || method === "HEAD") {
    reply.headers({ ...kept.get(object), "content-type": object.contentType });
  }
});

/** The coding of a transfer is none of the object. */
function keptOf(name, value = "") {
  const own = value.replace(/\baws-chunked\b[\s,]*/, "");
  return own === "" ? [] : [[name, own]];
}

try {
  await app.listen({ host, port });
  process.send({ port: app.server.address().port });
} catch (error) {
  process.send({ error: { code: error.code, message: error.message } }, () => process.exit(1));
}
