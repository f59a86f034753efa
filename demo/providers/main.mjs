// Identity providers for the demo, to be clicked: a partner's work accounts, one that anybody has an account at, one that
// the page itself speaks to, and one that speaks SAML.
//
//   node main.mjs ORIGIN ORGANIZATION FIRST_PORT
//
// Writes one line once they listen: JSON, each provider as an organization's file names it. Ends when its input does, so
// that nothing is left behind however the demo ends. Any password opens any account.
import { createHash } from "node:crypto";
import { saml } from "./saml.mjs";

// Warnings that it is not run in earnest are of no use to whoever clicks the demo.
console.info = console.warn = () => {};
const { default: Provider } = await import("oidc-provider");

const [origin, organization, first] = process.argv.slice(2);

// Each provider has an account for whoever asks: `ana` is ana@ its domain.
const OPENID = [
  { id: "partner", label: "Partner work account", domain: "partner.example", domains: ["partner.example"] },
  { id: "quickpost", label: "Quickpost", domain: "quickpost.example", domains: [] },
  { id: "lantern", label: "Lantern Studio", domain: "lantern.example", domains: ["lantern.example"], mode: "browser" },
];

/** The same at each start, so that who came in yesterday is known today. */
const secret = (what) => createHash("sha256").update(`demo ${what}`).digest("hex");

async function openid({ id, label, domain, domains, mode }, port) {
  const issuer = `http://localhost:${port}`;
  const own = { client_id: "vestibule", ...(mode ? {} : { client_secret: secret(id) }) };
  const back = mode ? `${origin}/federate/${organization}/${id}` : `${origin}/federation/${organization}/${id}/callback`;
  const method = mode ? { token_endpoint_auth_method: "none" } : {};
  const provider = new Provider(issuer, {
    clients: [{ ...own, ...method, redirect_uris: [back], grant_types: ["authorization_code"] }],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    clientBasedCORS: () => mode === "browser",
    conformIdTokenClaims: false,
    cookies: { keys: [secret("cookies")] },
    pkce: { required: () => true },
    findAccount: (_, login) => ({
      accountId: login,
      claims: async () => ({ sub: login, name: login, email: `${login}@${domain}`, email_verified: true }),
    }),
  });
  const server = provider.listen(port, "localhost");
  await new Promise((done, failed) => server.once("listening", done).once("error", failed));
  return { id, label, issuer, ...own, domains, ...(mode && { mode }) };
}

const starting = OPENID.map((one, index) => openid(one, Number(first) + index));
starting.push(saml({ id: "harbour", label: "Harbour University", domain: "harbour.example" }, Number(first) + OPENID.length));
const providers = await Promise.all(starting);
process.stdout.write(`${JSON.stringify(providers)}\n`);
process.stdin.on("end", () => process.exit()).resume();
