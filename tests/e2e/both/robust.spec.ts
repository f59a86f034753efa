// F15: browsers are reloaded, closed, sent back and opened twice. Nothing is lost, and nothing happens twice.
import type { Door } from "../fixtures/door.ts";
import { expect, invariantsHold, test } from "../fixtures/test.ts";
import { like, t } from "../fixtures/words.ts";

invariantsHold();

const CONTOSO = { organization: "Contoso Research" };

test("f15 every step survives a reload", async ({ door, address, testbed }) => {
  const { link } = await testbed.invite({ address: address() });
  const reloaded = async (key: string, params = {}) => {
    await door.at(key, params);
    await door.page.reload();
    await door.at(key, params);
  };
  await door.open(link);
  await reloaded("invitation.title", CONTOSO);
  await door.press("action.continue");
  await reloaded("email_code.title");
  await door.enter(await testbed.code(address()));
  await reloaded("consent.title", CONTOSO);
  await door.press("action.accept");
  await reloaded("panel.title");
  expect((await testbed.mails(address())).length, "reloading sends nothing").toBe(2);
});

test("f15 Back leads to the step before, and forward again", async ({ door, address, testbed }) => {
  const { link } = await testbed.invite({ address: address() });
  await door.toCode(link);
  await testbed.code(address());
  await door.page.goBack();
  await door.at("invitation.title", CONTOSO);
  await door.press("action.continue");
  await door.at("email_code.title");
  await door.enter(await testbed.code(address()));
  await door.at("consent.title", CONTOSO);
});

test("f15 the way back that the page offers", async ({ door, address, testbed }) => {
  await door.toCode((await testbed.invite({ address: address() })).link);
  await door.press("action.email_code.back");
  await door.at("invitation.title", CONTOSO);
  await door.open("/?organization=contoso");
  await door.email.fill(address());
  await door.press("action.identify.continue");
  await door.at("email_code.title");
  await door.press("action.email_code.back");
  await door.at("identify.title");
});

test("f15 Back from the panel shows the walk's end or the panel, never a form that does it again", async ({ door, address, testbed }) => {
  const { link } = await testbed.invite({ address: address() });
  await door.redeem(link, address());
  const before = await testbed.census();
  await door.page.goBack();
  await door.settled();
  await expect(door.button("action.accept")).toHaveCount(0);
  await door.open("/apps");
  await door.at("panel.title");
  const after = await testbed.census();
  for (const table of ["consents", "identities", "users"]) expect(after[table], table).toBe(before[table]);
});

test("f15 a tab that was killed: the link begins again", async ({ door, address, testbed }) => {
  const { link } = await testbed.invite({ address: address() });
  await door.toConsent(link, address());
  const tab = await door.tab();
  await door.page.close();
  await tab.redeem(link, address());
});

test("f15 the link opened in two tabs: both walks are whole, one guest comes out", async ({ door, address, testbed }) => {
  const { link } = await testbed.invite({ address: address() });
  const tab = await door.tab();
  await door.toConsent(link, address());
  await tab.toConsent(link, address());
  const before = await testbed.census();
  for (const one of [door, tab] as Door[]) {
    await one.press("action.accept");
    await one.at("panel.title");
  }
  const after = await testbed.census();
  for (const table of ["consents", "identities"]) expect(after[table], table).toBe((before[table] ?? 0) + 1);
});

test("f15 wrong addresses are said at the field, which keeps them", async ({ door, address, traps }) => {
  traps.announceStatus(422);
  await door.open("/");
  const wrongs = { "ana@-partner.example": "address_invalid", "аna@partner.example": "address_confusable" };
  for (const [wrong, said] of Object.entries(wrongs)) {
    await door.email.evaluate((field: HTMLInputElement) => field.form?.setAttribute("novalidate", ""));
    await door.email.fill(wrong);
    await door.press("action.identify.continue");
    await expect(door.email).toHaveAttribute("aria-invalid", "true");
    await expect(door.email).toHaveAccessibleDescription(like(`message.${said}`));
    await expect(door.email).toHaveValue(wrong);
  }
  await door.email.fill(address());
  await door.press("action.identify.continue");
  await door.at("email_code.title");
});

test("s77 after sign-out nothing private is left: not behind Back, not in another tab", async ({ door, address, testbed, traps }) => {
  // The walk behind Back has ended with the session.
  traps.announceStatus(401);
  traps.announceStatus(410);
  await door.redeem((await testbed.invite({ address: address(), name: "Ana Ruiz" })).link, address());
  const tab = await door.tab();
  await tab.open("/apps/account?organization=contoso");
  await tab.at("account.title");
  const ended = door.page.waitForResponse(/\/signout$|\/api\/v1\/session$/);
  await door.signOut();
  expect((await (await ended).allHeaders())["clear-site-data"]).toContain('"cache"');
  if (door.mode === "plain") await tab.page.reload();
  await tab.at("identify.title");
  for (const one of [door, tab]) {
    await one.page.goBack();
    // A tab that began with the page has nothing before it.
    if (one.page.url().startsWith(testbed.url)) await one.settled();
    await expect(one.page.locator("body")).not.toContainText(address());
    await expect(one.page.locator("body")).not.toContainText("Ana Ruiz");
  }
  const api = await door.page.request.get("/api/v1/me");
  expect(api.status()).toBe(401);
  await expect(tab.page.getByText(t("panel.title"))).toHaveCount(0);
});

test("s86 a session ends after an hour of quiet, and says where to sign in", async ({ door, address, testbed, traps }) => {
  traps.announceStatus(401);
  await door.redeem((await testbed.invite({ address: address() })).link, address());
  await testbed.pass({ minutes: 61 });
  await door.page.getByRole("link", { name: t("panel.account") }).click();
  await door.at("identify.title");
});
