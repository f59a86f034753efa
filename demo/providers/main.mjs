// Identity providers for the demo, to be clicked: a partner's work accounts, and one that anybody has an account at.
//
//   node main.mjs CALLBACK_BASE FIRST_PORT
//
// Writes one line once they listen: JSON, each provider as an organization's file names it. Ends when its input does, so
// that nothing is left behind however the demo ends. Any password opens any account.
import { createHash } from "node:crypto";

// Warnings that it is not run in earnest are of no use to whoever clicks the demo.
console.info = console.warn = () => {};
const { default: Provider } = await import("oidc-provider");

const [base, first] = process.argv.slice(2);

// Each provider has an account for whoever asks: `ana` is ana@ its domain.
const PROVIDERS = [
  { id: "partner", label: "Partner work account", domain: "partner.example", domains: ["partner.example"] },
  { id: "quickpost", label: "Quickpost", domain: "quickpost.example", domains: [] },
];

/** The same at each start, so that who came in yesterday is known today. */
const secret = (what) => createHash("sha256").update(`demo ${what}`).digest("hex");

async function start({ id, label, domain, domains }, port) {
  const issuer = `http://localhost:${port}`;
  const client = { client_id: "vestibule", client_secret: secret(id) };
  const provider = new Provider(issuer, {
    clients: [{ ...client, redirect_uris: [`${base}/${id}/callback`], grant_types: ["authorization_code"] }],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
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
  return { id, label, issuer, ...client, domains };
}

const providers = await Promise.all(PROVIDERS.map((one, index) => start(one, Number(first) + index)));
process.stdout.write(`${JSON.stringify(providers)}\n`);
process.stdin.on("end", () => process.exit()).resume();
