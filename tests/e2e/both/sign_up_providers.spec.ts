// Strangers let themselves in by an account of each kind, at providers that nobody here wrote: OpenID Connect by the backend
// and by the browser itself, SAML 2.0, OAuth 2.0. Who vouches for the mailbox spares the code.
import type { Door } from "../fixtures/door.ts";
import { IdentityProvider, THEIRS } from "../fixtures/identity_provider.ts";
import { OAuthServer } from "../fixtures/oauth_server.ts";
import { test as base } from "../fixtures/own_server.ts";
import { SamlProvider } from "../fixtures/saml_provider.ts";
import { expect } from "../fixtures/test.ts";
import { t } from "../fixtures/words.ts";

interface Kind {
  label: string;
  /** Before somebody goes there. */
  expect?: (login: string) => void;
  /** From the provider's page to being back. */
  signIn?: (door: Door, login: string) => Promise<void>;
  /** Whether it speaks for the domain: then no code is needed. */
  vouches?: boolean;
}

type Name = "openid" | "browser" | "saml" | "social";

const SOUTHRIDGE = { organization: "Southridge" };

/** Without script the browser does not go there by itself. */
async function leave({ mode, page }: Door): Promise<void> {
  if (mode === "plain") await page.getByRole("link", { name: /localhost/ }).click();
}

const test = base.extend<object, { kinds: Record<Name, Kind> }>({
  kinds: [
    async ({ testbed }, use) => {
      const ours = `${testbed.url}/federation/southridge`;
      const [openid, browser] = [await IdentityProvider.start(`${ours}/openid/callback`), await IdentityProvider.start(`${testbed.url}/federate/southridge/browser`, true)];
      const [saml, social] = [await SamlProvider.start(), await OAuthServer.start()];
      const flows = ["openid", "browser", "saml", "social"].map(
        (id) => `
[[user_flows]]
id = "${id}"
name = "Supplier sign-up"
apps = ["catalogue"]
providers = ["${id}"]
attributes = [{ id = "displayName", required = true }]
`,
      );
      const organization = `id = "southridge"
name = "Southridge"
domain = "southridge.example"
[settings]
self_service_sign_up = true
[[apps]]
id = "catalogue"
name = "Parts catalogue"
kind = "app"
launch_url = "/apps?organization=southridge"
`;
      const named = (entry: string, label: string) => entry.replace(/label = ".*"/, `label = "${label}"`);
      const providers = [
        named(openid.entry("openid", ["partner.example"]), "Work account"),
        named(browser.entry("browser"), "Browser account"),
        named(saml.entry("saml"), "SAML account"),
        social.entry("social"),
      ];
      await testbed.apply([organization, ...providers, ...flows].join("\n"));
      await use({
        openid: { label: "Work account", vouches: true, signIn: ({ page }, login) => openid.signIn(page, login) },
        browser: { label: "Browser account", signIn: ({ page }, login) => browser.signIn(page, login) },
        saml: { label: "SAML account", signIn: (door, login) => saml.signIn(door, login) },
        social: { label: "Social account", expect: (login) => void (social.login = login) },
      });
      await Promise.all([openid, browser, saml, social].map((it) => it.stop()));
    },
    { scope: "worker" },
  ],
});

for (const name of ["openid", "browser", "saml", "social"] as const) {
  test(`a stranger lets himself in by an account of the kind ${name}, and comes back by it`, async ({ door, another, address, testbed, traps, kinds, mode }) => {
    test.skip(mode === "plain" && name === "browser", "takes script; what is said without it: plain/browser_federation.spec.ts");
    traps.announce(...THEIRS);
    const login = address("yan").split("@")[0] as string;
    const { label, expect: before, signIn, vouches } = kinds[name];
    const come = async (browser: Door, at: string): Promise<void> => {
      await browser.open(at);
      await browser.at("choose_provider.title");
      before?.(login);
      await browser.page.getByRole("button", { name: label }).click();
      await leave(browser);
      await signIn?.(browser, login);
    };
    await come(door, `/signup/${name}?organization=southridge`);
    if (!vouches) {
      await door.at("email_code.title");
      await door.enter(await testbed.code(address("yan")));
    }
    await door.at("consent.title", SOUTHRIDGE);
    await door.press("action.accept");
    await door.at("attributes.title");
    await door.page.getByLabel(t("field.displayName")).fill("Yan Li");
    await door.press("action.continue");
    await door.at("panel.title");
    await expect(door.page.getByText("Parts catalogue").first()).toBeVisible();
    expect((await testbed.mails(address("yan"))).length, "a code where nobody vouches").toBe(vouches ? 0 : 1);
    await test.step("another day, at another device, at the same address", async () => {
      const later = await another();
      await come(later, `/signup/${name}?organization=southridge`);
      await later.at("panel.title");
    });
  });
}
