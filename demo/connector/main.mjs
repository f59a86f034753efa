// An API connector to begin with: one file, Node.js and nothing else. It speaks Microsoft's contract, so the same
// program works for Microsoft Entra External ID. Copy it, and put your own rules into `afterFederation` and
// `beforeCreation`.

import { createHash, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const { CONNECTOR_USERNAME: username, CONNECTOR_PASSWORD: password, PORT: port = "7071" } = process.env;
if (!username || !password) {
  console.error("Set CONNECTOR_USERNAME and CONNECTOR_PASSWORD.");
  process.exit(1);
}

/** Bytes of a request that are read. */
const LONGEST = 64 * 1024;

// The three verdicts. Only a ValidationError has status 400, in the head and in the body.
const goOn = (claims = {}) => [200, { version: "1.0.0", action: "Continue", ...claims }];
const block = (userMessage) => [200, { version: "1.0.0", action: "ShowBlockPage", userMessage }];
const invalid = (userMessage) => [400, { version: "1.0.0", status: 400, action: "ValidationError", userMessage }];

const points = {
  "/after-federation": afterFederation,
  "/before-creation": beforeCreation,
};

/** Somebody was identified and has filled in nothing yet. What is given back fills the form in. */
function afterFederation(claims) {
  const [name, domain] = String(claims.email ?? "").split("@");
  if (domain?.toLowerCase() === "blocked.example") {
    return block("People of blocked.example cannot sign up here.");
  }
  // A claim without a value is absent.
  return claims.displayName ? goOn() : goOn({ displayName: name });
}

/** The form was filled in. What is given back counts instead of what was typed. */
function beforeCreation(claims) {
  const jobTitle = String(claims.jobTitle ?? "").trim();
  if ((jobTitle.match(/\p{Letter}/gu) ?? []).length < 2) {
    return invalid("Give a job title of two letters at least.");
  }
  if (claims.city === "Atlantis") {
    return block("We do not work with Atlantis.");
  }
  return goOn({ jobTitle });
}

/** Compared as hashes, so that the time it takes tells neither the password nor its length. */
function isUs(header = "") {
  const digest = (text) => createHash("sha256").update(text).digest();
  const expected = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  return timingSafeEqual(digest(header), digest(expected));
}

async function read(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > LONGEST) throw new Error("too long");
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

async function answer(request) {
  if (!isUs(request.headers.authorization)) return [401, { error: "credentials" }];
  const point = Object.hasOwn(points, request.url) ? points[request.url] : undefined;
  if (!point) return [404, { error: "address" }];
  if (request.method !== "POST") return [405, { error: "method" }];
  try {
    return point(await read(request));
  } catch {
    return [422, { error: "body" }];
  }
}

createServer(async (request, response) => {
  const [status, body] = await answer(request);
  const headers = { "content-type": "application/json" };
  if (status === 401) headers["www-authenticate"] = 'Basic realm="connector"';
  response.writeHead(status, headers).end(JSON.stringify(body));
}).listen(Number(port), "127.0.0.1", () => console.log(`listening on http://127.0.0.1:${port}`));
