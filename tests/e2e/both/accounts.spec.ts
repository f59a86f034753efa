// Somebody else's browser: signed in as one, invited as another; and two who want the same invitation.
import type { Door } from "../fixtures/door.ts";
import { expect, invariantsHold, test } from "../fixtures/test.ts";
import { t } from "../fixtures/words.ts";

invariantsHold();

test("t04 r45 signed in as somebody else, the invitation stays for whom it was meant", async ({ door, another, address, testbed }) => {
  const [ana, ben] = [address("ana"), address("ben")];
  await door.redeem((await testbed.invite({ address: ana })).link, ana);
  const { link } = await testbed.invite({ address: ben });
  await door.open(link);
  await door.press("action.continue");
  await door.at("wrong_account.title");
  await expect(door.page.getByRole("main")).toContainText(ana);
  await expect(door.page.getByRole("main"), "the invited address is masked").not.toContainText(ben);
  await expect(door.button("action.wrong_account.continue"), "strict: no way around").toHaveCount(0);
  const elsewhere = await another();
  await elsewhere.open(link);
  await elsewhere.at("invitation.title", { organization: "Contoso Research" });
  await door.press("action.wrong_account.switch");
  await door.at("email_code.title");
  await door.enter(await testbed.code(ben));
  await door.at("consent.title", { organization: "Contoso Research" });
  await door.press("action.accept");
  await door.at("panel.title");
  await expect(door.page.getByRole("banner")).toContainText(ben);
});

/** Signs somebody in by an invitation of their own. */
async function signedIn(door: Door, address: string): Promise<Door> {
  await door.redeem((await door.testbed.invite({ address, apps: ["wiki"] })).link, address);
  return door;
}

test("an open organization lets somebody redeem with the account at hand", async ({ door, address, testbed }) => {
  const [ana, work] = [address("ana"), address("work")];
  await signedIn(door, ana);
  await door.open((await testbed.invite({ address: work, organization: "fabrikam", apps: ["orders"] })).link);
  await door.press("action.continue");
  await door.at("wrong_account.title");
  await door.press("action.wrong_account.continue");
  await door.at("consent.title", { organization: "Fabrikam Works" });
  await expect(door.page.getByRole("main"), "it is Ana's address that is shared").toContainText(ana);
  await door.press("action.accept");
  await door.at("panel.title");
  await expect(door.page.getByRole("link", { name: /^Order book/ })).toBeVisible();
});

test("t14 two who race for one invitation: one becomes the guest, the other is told", async ({ door, another, address, testbed }) => {
  const first = await signedIn(door, address("one"));
  const second = await signedIn(await another(), address("two"));
  const { link } = await testbed.invite({ address: address("open"), organization: "fabrikam", apps: ["orders"] });
  for (const racer of [first, second]) {
    await racer.open(link);
    await racer.press("action.continue");
    await racer.press("action.wrong_account.continue");
    await racer.at("consent.title", { organization: "Fabrikam Works" });
  }
  const before = await testbed.census();
  await Promise.all([first.press("action.accept"), second.press("action.accept")]);
  const outcome = async (racer: Door) => {
    const won = racer.heading("panel.title");
    await expect(won.or(racer.heading("blocked.invitation_used.title"))).toBeVisible();
    return won.isVisible();
  };
  const outcomes = [await outcome(first), await outcome(second)];
  expect(outcomes.filter(Boolean)).toHaveLength(1);
  const after = await testbed.census();
  for (const table of ["identities", "consents"]) expect(after[table], table).toBe((before[table] ?? 0) + 1);
  expect(after.users, "invited means already a user").toBe(before.users);
});

test("t13 t14 two devices of one guest agree at the same moment: one guest, both are in", async ({ door, another, address, testbed }) => {
  const { link } = await testbed.invite({ address: address() });
  const device = await another();
  await door.toConsent(link, address());
  await device.toConsent(link, address());
  const before = await testbed.census();
  await Promise.all([door.press("action.accept"), device.press("action.accept")]);
  await door.at("panel.title");
  await device.at("panel.title");
  const after = await testbed.census();
  for (const table of ["identities", "consents"]) expect(after[table], table).toBe((before[table] ?? 0) + 1);
});

test("a guest who was switched off is told, and gets in nowhere", async ({ door, address, testbed }) => {
  const { link, user } = await testbed.invite({ address: address() });
  await door.toConsent(link, address());
  await testbed.disable(user);
  await door.press("action.accept");
  await door.at("blocked.account_disabled.title");
  await expect(door.page.getByRole("main")).toContainText(t("blocked.contact"));
});
