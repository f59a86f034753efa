// Guests with an account of their own at a SAML 2.0 identity provider that nobody here wrote (npm samlp). Its answers are
// posted from another site, which the browser treats as it does in life.
import type { Door } from "../fixtures/door.ts";
import { SamlProvider, pair } from "../fixtures/saml_provider.ts";
import { test as base } from "../fixtures/own_server.ts";
import { expect } from "../fixtures/test.ts";
import { t } from "../fixtures/words.ts";

interface Partners {
  /** Signs assertions. */
  work: SamlProvider;
  /** Signs whole answers, and takes signed requests only. */
  strict: SamlProvider;
}

const test = base.extend<object, { partners: Partners }>({
  partners: [
    async ({ testbed }, use) => {
      const work = await SamlProvider.start();
      const strict = await SamlProvider.start({ signResponse: true, requests: await pair() });
      for (const [id, provider] of Object.entries({ northwind: work, fourthcoffee: strict })) {
        const organization = `id = "${id}"\nname = "Northwind"\ndomain = "${id}.example"\n`;
        await testbed.apply(organization + provider.entry("work", ["partner.example"]));
      }
      await use({ work, strict });
      await work.stop();
      await strict.stop();
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
async function toProvider(door: Door, organization: string, address: string): Promise<void> {
  const { link } = await door.testbed.invite({ organization, address, apps: [] });
  await door.open(link);
  await door.at("invitation.title", NORTHWIND);
  await door.press("action.continue");
  await leave(door);
}

const login = (address: string) => address.split("@")[0] as string;

for (const [organization, which] of [["northwind", "work"], ["fourthcoffee", "strict"]] as const) {
  test(`an invited guest signs in at the partner's ${which} provider, without any code, and comes back so`, async ({ door, another, address, testbed, partners }) => {
    const provider = partners[which];
    await toProvider(door, organization, address());
    const posted = door.page.waitForRequest(/\/acs$/);
    await provider.signIn(door, login(address()));
    const headers = await (await posted).allHeaders();
    expect([headers["sec-fetch-site"], headers.cookie], "as from any other site").toEqual(["cross-site", undefined]);
    await door.at("consent.title", NORTHWIND);
    await expect(door.page.getByText(address()).first()).toBeVisible();
    await door.press("action.accept");
    await door.at("panel.title");
    expect((await testbed.mails(address())).length, "the invitation, and no code").toBe(1);
    await test.step("another day, at another device", async () => {
      const later = await another();
      await later.open(`/?organization=${organization}`);
      await later.at("choose_provider.title");
      await later.page.getByRole("button", { name: "Partner account" }).click();
      await leave(later);
      await provider.signIn(later, login(address()));
      await later.at("panel.title");
    });
  });
}

test("whoever cancels there is told so, and takes the code", async ({ door, address, testbed, partners }) => {
  await toProvider(door, "northwind", address());
  await partners.work.cancel(door);
  await door.at("choose_provider.title");
  await expect(door.page.getByText(t("message.provider_cancelled"))).toBeVisible();
  await door.page.getByRole("button", { name: t("action.choose.email") }).click();
  await door.at("email_code.title");
  await door.enter(await testbed.code(address()));
  await door.at("consent.title", NORTHWIND);
});

test("an answer that somebody else signed is told plainly, and another way is open", async ({ door, address, partners }) => {
  await toProvider(door, "northwind", address());
  partners.work.stranger = await pair();
  await partners.work.signIn(door, login(address()));
  await door.at("choose_provider.title");
  partners.work.stranger = undefined;
  await expect(door.page.getByText(t("message.provider_failed"))).toBeVisible();
  await expect(door.page.getByRole("button", { name: t("action.choose.email") })).toBeVisible();
});
