// Guests with an account of their own, at a provider that nobody here wrote (npm oidc-provider).
import { inspect } from "../fixtures/axe.ts";
import type { Door } from "../fixtures/door.ts";
import { IdentityProvider, THEIRS } from "../fixtures/identity_provider.ts";
import { test as base } from "../fixtures/own_server.ts";
import { expect } from "../fixtures/test.ts";
import { t } from "../fixtures/words.ts";

interface Partners {
  work: IdentityProvider;
}

const test = base.extend<object, { partners: Partners }>({
  partners: [
    async ({ testbed }, use) => {
      const work = await IdentityProvider.start(`${testbed.url}/federation/northwind/work/callback`);
      const organization = 'id = "northwind"\nname = "Northwind"\ndomain = "northwind.example"\n';
      await testbed.apply(organization + work.entry("work", ["partner.example"]));
      await use({ work });
      await work.stop();
    },
    { scope: "worker" },
  ],
});

const NORTHWIND = { organization: "Northwind" };

/** From the step that names the provider to the provider's page: script goes there by itself. */
async function leave(door: Door): Promise<void> {
  if (door.mode === "plain") {
    await expect(door.heading("federate.title", { provider: "Partner account" })).toBeVisible();
    await door.page.getByRole("link", { name: /localhost/ }).click();
  }
}

/** From the mail to the provider's page. */
async function toProvider(door: Door, address: string): Promise<void> {
  const { link } = await door.testbed.invite({ organization: "northwind", address, apps: [] });
  await door.open(link);
  await door.at("invitation.title", NORTHWIND);
  await door.press("action.continue");
  await leave(door);
}

const login = (address: string) => address.split("@")[0] as string;

test("an invited guest signs in at the partner's provider, without any code, and comes back so", async ({ door, another, address, testbed, partners, traps }) => {
  traps.announce(...THEIRS);
  await toProvider(door, address());
  await partners.work.signIn(door.page, login(address()));
  await door.at("consent.title", NORTHWIND);
  await expect(door.page.getByText(address()).first()).toBeVisible();
  await door.press("action.accept");
  await door.at("panel.title");
  expect((await testbed.mails(address())).length, "the invitation, and no code").toBe(1);
  await test.step("another day, at another device", async () => {
    const later = await another();
    await later.open("/?organization=northwind");
    await later.at("choose_provider.title");
    await later.page.getByRole("button", { name: "Partner account" }).click();
    await leave(later);
    await partners.work.signIn(later.page, login(address()));
    await later.at("panel.title");
  });
});

test("whoever does not want to go there comes back and takes the code", async ({ door, address, testbed, partners, traps }) => {
  traps.announce(...THEIRS);
  await toProvider(door, address());
  await expect(door.page).toHaveURL(new RegExp(`^${partners.work.issuer}/`));
  // Back leads to the step that named the provider, and nobody is sent away again.
  await door.page.goBack();
  if (!door.page.url().startsWith(testbed.url)) await door.page.goBack();
  await expect(door.heading("federate.title", { provider: "Partner account" })).toBeVisible();
  // Looking at a screen in every look takes a script of the test's own.
  const look = async (name: string) => (door.mode === "wasm" ? inspect(door.page, name) : undefined);
  await look("federate");
  await door.press("action.cancel");
  await door.at("choose_provider.title");
  await look("choose-provider");
  await door.page.getByRole("button", { name: t("action.choose.email") }).click();
  await door.at("email_code.title");
  await door.enter(await testbed.code(address()));
  await door.at("consent.title", NORTHWIND);
});

test("what the provider refuses is told plainly, and another way is open", async ({ door, address, partners, traps }) => {
  traps.announce(...THEIRS);
  await toProvider(door, address());
  await expect(door.page).toHaveURL(new RegExp(`^${partners.work.issuer}/`));
  await door.page.getByRole("link", { name: /cancel/i }).click();
  await door.at("choose_provider.title");
  await expect(door.page.getByText(t("message.provider_cancelled"))).toBeVisible();
});

test("somebody else's account is the wrong one, and the invitation waits", async ({ door, address, partners, traps }) => {
  traps.announce(...THEIRS);
  await toProvider(door, address());
  await partners.work.signIn(door.page, "somebody-else");
  await door.at("wrong_account.title");
  await expect(door.page.getByText("somebody-else@partner.example")).toBeVisible();
});
