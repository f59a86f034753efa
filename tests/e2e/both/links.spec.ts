// The link of a mail: opened again, too late, by somebody else, elsewhere.
import type { Door } from "../fixtures/door.ts";
import { linkIn } from "../fixtures/mail.ts";
import { expect, invariantsHold, test } from "../fixtures/test.ts";
import { like, t } from "../fixtures/words.ts";

invariantsHold();

test("t16 a revoked invitation says so, also to somebody who is on the way", async ({ door, another, address, testbed, traps }) => {
  traps.announceStatus(410);
  const { link, id } = await testbed.invite({ address: address() });
  await door.toConsent(link, address());
  await testbed.revoke(id);
  await door.press("action.accept");
  await door.at("blocked.invitation_revoked.title");
  const later = await another();
  await later.open(link);
  await later.at("blocked.invitation_revoked.title");
  await expect(later.page.getByRole("main")).toContainText(t("blocked.ask_inviter", { inviter: "Mira Lindqvist" }));
});

test("t16 an expired invitation says so, also to somebody who is on the way", async ({ door, another, address, testbed, traps }) => {
  traps.announceStatus(410);
  const { link } = await testbed.invite({ address: address(), days: 1 });
  await testbed.pass({ hours: 23, minutes: 30 });
  await door.toConsent(link, address());
  await testbed.pass({ minutes: 31 });
  await door.press("action.accept");
  await door.at("blocked.invitation_expired.title");
  const later = await another();
  await later.open(link);
  await later.at("blocked.invitation_expired.title");
});

test("t18 after a second mail the first link says that it was replaced", async ({ door, another, address, testbed, traps }) => {
  traps.announceStatus(410);
  const { link, id } = await testbed.invite({ address: address() });
  const second = await testbed.resend(id);
  expect(second).not.toBe(link);
  await door.open(link);
  await door.at("blocked.invitation_replaced.title");
  const right = await another();
  await right.redeem(second, address());
});

test("after redemption the link is a way back in", async ({ door, another, address, testbed }) => {
  const { link } = await testbed.invite({ address: address() });
  await door.redeem(link, address());
  const before = await testbed.census();
  const device = await another();
  await device.toCode(link);
  await device.enter(await testbed.code(address()));
  await device.at("panel.title");
  const after = await testbed.census();
  for (const table of ["users", "identities", "consents"]) expect(after[table], table).toBe(before[table]);
});

test("a link that nobody knows says so, and offers a way on", async ({ door, traps }) => {
  traps.announceStatus(404);
  await door.open(`/i/${"A".repeat(43)}`);
  await door.at("blocked.unknown_invitation.title");
  await expect(door.page.getByRole("main")).toContainText(t("blocked.reference"));
  await door.page.getByRole("link", { name: t("blocked.sign_in") }).click();
  await door.at("identify.title");
});

test("a flow of another browser is not shown, and not harmed", async ({ door, another, address, testbed, traps }) => {
  traps.announceStatus(403);
  await door.toCode((await testbed.invite({ address: address() })).link);
  const code = await testbed.code(address());
  const thief = await another();
  await thief.open(door.page.url());
  await thief.at("blocked.other_browser.title");
  await expect(thief.page.getByRole("main")).not.toContainText("partner.example");
  await door.enter(code);
  await door.at("consent.title", { organization: "Contoso Research" });
});

test("a flow that was left for an hour begins again, and loses nothing", async ({ door, address, testbed, traps }) => {
  traps.announceStatus(410);
  const { link } = await testbed.invite({ address: address() });
  await door.toCode(link);
  await testbed.code(address());
  await testbed.pass({ minutes: 61 });
  await door.page.reload();
  await door.at("blocked.flow_expired.title");
  await door.redeem(link, address());
});

/** Says no, with the code that proves who says it. */
async function declineForGood(door: Door, link: string, address: string): Promise<void> {
  await door.open(link);
  await door.press("action.decline");
  await door.press("action.decline_with_code");
  await door.at("email_code.title");
  await door.enter(await door.testbed.code(address));
  await door.at("blocked.invitation_declined.title");
}

test("declining: without the code nothing changes, with it the invitation is declined (T02)", async ({
  door,
  another,
  address,
  testbed,
  traps,
}) => {
  traps.announceStatus(410);
  const { link } = await testbed.invite({ address: address() });
  await door.open(link);
  await door.press("action.decline");
  await door.at("blocked.not_for_you.title");
  await test.step("it is still there", async () => {
    const again = await another();
    await again.open(link);
    await again.at("invitation.title", { organization: "Contoso Research" });
    await door.press("action.restart");
    await door.at("invitation.title", { organization: "Contoso Research" });
  });
  await declineForGood(door, link, address());
  const later = await another();
  await later.open(link);
  await later.at("blocked.invitation_declined.title");
});

test("declining with proof leads to where further invitations are ended, and allowed again (T23)", async ({
  door,
  address,
  testbed,
}) => {
  const { link } = await testbed.invite({ address: address() });
  await declineForGood(door, link, address());
  const { page } = door;
  await page.getByRole("link", { name: t("blocked.unsubscribe"), exact: true }).click();
  await expect(door.heading("unsubscribe.title")).toBeVisible();
  const press = (key: string, params = {}) => page.getByRole("button", { name: like(key, params) }).click();
  await press("unsubscribe.one");
  await expect(door.heading("unsubscribe.title.off")).toBeVisible();
  const before = (await testbed.mails(address())).length;
  await testbed.invite({ address: address() });
  await press("unsubscribe.all");
  await expect(page.getByText(like("unsubscribe.all.text"))).toBeVisible();
  await press("unsubscribe.allow");
  await expect(door.heading("unsubscribe.title")).toBeVisible();
  const welcome = await testbed.invite({ address: address() });
  const links = async () => (await testbed.mails(address())).map(linkIn);
  await expect.poll(links).toContain(welcome.link);
  expect(await links(), "the one in between was held back").toHaveLength(before + 1);
});

test("cancelling the consent shares nothing, and it can be given after all", async ({ door, address, testbed }) => {
  const { link } = await testbed.invite({ address: address() });
  await door.toConsent(link, address());
  const before = await testbed.census();
  await door.press("action.cancel");
  await door.at("blocked.consent_refused.title");
  const after = await testbed.census();
  for (const table of ["identities", "consents", "sessions"]) expect(after[table], table).toBe(before[table]);
  await door.redeem(link, address());
});
