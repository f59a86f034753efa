// A SAML 2.0 identity provider: npm `samlp` reads requests, signs answers and draws the form that posts them; only the page
// that asks who somebody is stands here. Its key is made at each start.
import http from "node:http";
import samlp from "samlp";
import { generate } from "selfsigned";

/** Starts it. Gives its entry of an organization's file. */
export async function saml({ id, label, domain }, port) {
  const made = await generate([{ name: "commonName", value: "demo" }], { keySize: 2048, algorithm: "sha256" });
  const own = { key: made.private, cert: made.cert };
  const issuer = `http://localhost:${port}`;
  function profileMapper(login) {
    return {
      getClaims: () => ({ mail: `${login}@${domain}` }),
      getNameIdentifier: () => ({
        nameIdentifier: login,
        nameIdentifierFormat: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
      }),
    };
  }
  // What its metadata would offer.
  profileMapper.prototype.metadata = [];

  const server = http.createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url ?? "/", issuer);
    const query = Object.fromEntries(url.searchParams);
    const request = { method: incoming.method, originalUrl: url.pathname, protocol: "http", headers: incoming.headers, query };
    const response = { set: (name, value) => outgoing.setHeader(name, value), send: (body) => outgoing.end(body) };
    const failed = (error) => outgoing.writeHead(400).end(String(error));
    if (url.pathname === "/metadata") {
      samlp.metadata({ issuer, cert: own.cert, profileMapper, redirectEndpointPath: "/sso", postEndpointPath: "/post" })(request, response, failed);
    } else if (url.pathname !== "/sso") {
      outgoing.writeHead(404).end();
    } else if (incoming.method === "GET") {
      const onward = `/sso?${new URLSearchParams(query)}`.replaceAll("&", "&amp;");
      outgoing.setHeader("content-type", "text/html; charset=utf-8");
      response.send(`<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>${label}</title>
        <link rel="icon" href="data:,"><h1>${label}</h1><form method="post" action="${onward}">
        <p><label>Login <input name="login" required autofocus></label></p>
        <p><button name="what" value="in">Sign in</button> <button name="what" value="out" formnovalidate>Cancel</button></p></form>`);
    } else {
      let body = "";
      for await (const chunk of incoming) body += chunk;
      const form = new URLSearchParams(body);
      samlp.parseRequest(request, {}, (error, asked) => {
        if (error || !asked) return failed(error);
        const acs = asked.assertionConsumerServiceURL;
        const same = { issuer, ...own, destination: acs, recipient: acs, inResponseTo: asked.id, RelayState: query.RelayState };
        const getPostURL = (...rest) => rest.at(-1)(null, acs);
        if (form.get("what") === "out") {
          const code = "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed";
          samlp.sendError({ ...same, error: { code, description: "cancelled" }, getPostURL })(request, response, failed);
        } else {
          samlp.auth({ ...same, profileMapper, getPostURL, getUserFromRequest: () => form.get("login") })(request, response, failed);
        }
      });
    }
  });
  server.listen(port, "localhost");
  await new Promise((done, refused) => server.once("listening", done).once("error", refused));
  return { id, kind: "saml", label, metadata_url: `${issuer}/metadata`, domains: [domain] };
}
