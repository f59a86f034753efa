// The choice between many ways to sign in, and adding one of them later.
import { inspect } from "../fixtures/axe.ts";
import { IdentityProvider, THEIRS } from "../fixtures/identity_provider.ts";
import { test as base } from "../fixtures/own_server.ts";
import { expect } from "../fixtures/test.ts";
import { t } from "../fixtures/words.ts";

const SOUTHWIND = { organization: "Southwind" };

/** Ways that nobody goes in these tests: what they are is enough. */
function others(): string {
  const client = 'client_id = "us"\nclient_secret = "a-secret-that-nobody-needs"\n';
  const known = ["github", "facebook"].map((kind) => `\n[[providers]]\nid = "${kind}"\nkind = "${kind}"\n${client}`);
  const names = ["Harbour", "Lighthouse", "Orchard", "Quarry", "Riverbank", "Sawmill"];
  const made = names.map((name) => {
    const at = `https://${name.toLowerCase()}.example`;
    const endpoints = ["authorization", "token", "userinfo"].map((it) => `${it}_endpoint = "${at}/${it}"`);
    const entry = `id = "${name.toLowerCase()}"\nkind = "oauth2"\nlabel = "${name} account"\n`;
    return `\n[[providers]]\n${entry}${client}${endpoints.join("\n")}\n`;
  });
  return known.concat(made).join("");
}

const test = base.extend<object, { partner: IdentityProvider }>({
  partner: [
    async ({ testbed }, use) => {
      const partner = await IdentityProvider.start(`${testbed.url}/federation/southwind/partner/callback`);
      const organization = 'id = "southwind"\nname = "Southwind"\ndomain = "southwind.example"\n';
      await testbed.apply(organization + others() + partner.entry("partner"));
      await use(partner);
      await partner.stop();
    },
    { scope: "worker" },
  ],
});

for (const locale of ["en", "ar-XB"]) {
  test.describe(locale, () => {
    test.use({ locale });

    test("among many ways one is found by its name", async ({ door, partner }) => {
      expect(partner.issuer).toBeTruthy();
      await door.open("/?organization=southwind");
      await door.at("choose_provider.title");
      const ways = door.page.getByRole("listitem").getByRole("button");
      await expect(ways).toHaveCount(9);
      const search = door.page.getByRole("searchbox", { name: t("choose_provider.search") });
      if (door.mode === "plain") {
        await expect(search, "it would do nothing").toHaveCount(0);
        return;
      }
      await inspect(door.page, "choose-of-many");
      await search.fill("hOUse");
      await expect(ways).toHaveText([/Lighthouse/]);
      await search.fill("house of nobody");
      await expect(ways).toHaveCount(0);
      await expect(door.page.getByText(t("choose_provider.nothing"))).toBeVisible();
      await search.fill("");
      await expect(ways).toHaveCount(9);
      await expect(door.page.getByText(t("choose_provider.nothing"))).toHaveCount(0);
    });
  });
}

test("an address may be given instead, and goes its way", async ({ door, address, testbed, partner }) => {
  expect(partner.issuer).toBeTruthy();
  const { link } = await testbed.invite({ organization: "southwind", address: address(), apps: [] });
  expect(link).toBeTruthy();
  await door.open("/?organization=southwind");
  await door.email.fill(address());
  await door.press("action.continue");
  await door.at("email_code.title");
  await door.enter(await testbed.code(address()));
  await door.at("consent.title", SOUTHWIND);
});

test("a guest adds an account on the account page, and it stands first the next time", async ({ door, address, testbed, partner, traps }) => {
  traps.announce(...THEIRS);
  const { link } = await testbed.invite({ organization: "southwind", address: address(), apps: [] });
  await door.open(link);
  await door.at("invitation.title", SOUTHWIND);
  await door.press("action.continue");
  await door.at("choose_provider.title");
  await door.press("action.choose.email");
  await door.at("email_code.title");
  await door.enter(await testbed.code(address()));
  await door.at("consent.title", SOUTHWIND);
  await door.press("action.accept");
  await door.at("panel.title");
  await door.open("/apps/account?organization=southwind");
  await door.page.getByRole("link", { name: t("account.link") }).click();
  await door.at("choose_provider.title");
  await door.page.getByRole("button", { name: "Partner account" }).click();
  if (door.mode === "plain") await door.page.getByRole("link", { name: /localhost/ }).click();
  const login = `private-${address().split("@")[0]}`;
  await partner.signIn(door.page, login);
  await door.at("account.title");
  await expect(door.page.getByText(t("activity.identity.linked"))).toBeVisible();
  await test.step("it opens the same account", async () => {
    await door.page.context().clearCookies({ name: /vestibule-session/ });
    await door.open("/?organization=southwind");
    await door.at("choose_provider.title");
    const first = door.page.getByRole("listitem").getByRole("button").first();
    await expect(first).toHaveText(/Partner account/);
    await expect(first).toHaveText(new RegExp(t("choose_provider.last_used")));
    await first.click();
    if (door.mode === "plain") await door.page.getByRole("link", { name: /localhost/ }).click();
    await door.at("panel.title");
  });
});
