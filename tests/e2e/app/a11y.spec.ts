// S83: every screen, in light and dark, in both directions, at 320 and 1280 pixels: nothing that axe finds.
import { inspect, untranslated } from "../fixtures/axe.ts";
import { otherThan, unsubscribeIn } from "../fixtures/mail.ts";
import { member } from "../fixtures/members.ts";
import { expect, invariantsHold, test } from "../fixtures/test.ts";
import { t } from "../fixtures/words.ts";

invariantsHold();
test.describe.configure({ timeout: 150_000 });

for (const locale of ["en", "ar-XB"]) {
  test.describe(`s83 ${locale}`, () => {
    test.use({ locale });

    test("the guest's way in", async ({ door, address, testbed, traps }) => {
      traps.announceStatus(422);
      const { page } = door;
      const message = "Hello Ana,\nthe drawings of the new hall are there. Tell me what you think of them.";
      const { link } = await testbed.invite({ address: address(), name: "Ana Ruiz", message, apps: ["wiki", "plans", "tickets"] });
      await door.open(link);
      await door.at("invitation.title", { organization: "Contoso Research" });
      await inspect(page, "invitation");
      await door.press("action.continue");
      await door.at("email_code.title");
      await page.getByText(t("email_code.missing"), { exact: true }).click();
      await inspect(page, "email-code");
      const code = await testbed.code(address());
      await door.enter(otherThan(code));
      await expect(door.code).toHaveAttribute("aria-invalid", "true");
      await inspect(page, "email-code-wrong");
      await door.press("action.resend");
      await expect(page.locator(".message").first()).toBeVisible();
      await inspect(page, "email-code-limited");
      await door.enter(code);
      await door.at("consent.title", { organization: "Contoso Research" });
      await inspect(page, "consent");
      await door.press("action.cancel");
      await door.at("blocked.consent_refused.title");
      await inspect(page, "blocked-consent-refused");
    });

    test("inside", async ({ door, address, testbed, traps }) => {
      traps.announceStatus(404);
      const { page } = door;
      await door.redeem((await testbed.invite({ address: address(), apps: ["wiki", "plans"] })).link, address());
      const other = await testbed.invite({ address: address(), apps: ["orders"], organization: "fabrikam" });
      await door.open(other.link);
      await door.press("action.continue");
      await door.at("consent.title", { organization: "Fabrikam Works" });
      await inspect(page, "consent-fabrikam");
      await door.press("action.accept");
      await door.at("panel.title");
      await page.getByRole("navigation", { name: t("panel.organizations") }).getByText("Fabrikam Works").first().click();
      await page.getByText(t("tile.details")).first().click();
      await inspect(page, "panel-fabrikam");
      await door.open("/apps?organization=contoso");
      await inspect(page, "panel");
      await page.getByRole("searchbox").fill("zzz");
      await door.press("action.search");
      await expect(page.getByText("zzz").first()).toBeVisible();
      await inspect(page, "panel-no-match");
      await door.open("/apps/account?organization=contoso");
      await page.getByText(t("account.consent_details")).first().click();
      await inspect(page, "account");
      await door.open("/nothing/here");
      await door.at("failure.not_found.title");
      await inspect(page, "not-found");
      await door.open((await testbed.invite({ address: address("ben") })).link);
      await door.press("action.continue");
      await door.at("wrong_account.title");
      await inspect(page, "wrong-account");
    });

    test("the entry and the stops", async ({ door, another, address, testbed, traps }) => {
      traps.announceStatus(403, 404, 410, 422);
      const { page } = door;
      await door.open("/?organization=fabrikam");
      await inspect(page, "identify");
      await door.email.fill(`${"a".repeat(70)}@partner.example`);
      await door.press("action.identify.continue");
      await expect(door.email).toHaveAttribute("aria-invalid", "true");
      await inspect(page, "identify-wrong");
      await door.open(`/i/${"C".repeat(43)}`);
      await inspect(page, "blocked-unknown");
      const { link, id } = await testbed.invite({ address: address() });
      await door.open(link);
      await door.press("action.decline");
      await door.at("blocked.not_for_you.title");
      await inspect(page, "blocked-not-for-you");
      const stranger = await another({ locale });
      await stranger.open(page.url());
      await inspect(stranger.page, "blocked-other-browser");
      const [mail] = await testbed.mails(address());
      if (!mail) throw new Error("no mail");
      await page.goto(unsubscribeIn(mail));
      await inspect(page, "unsubscribe");
      await testbed.resend(id);
      await door.open(link);
      await inspect(page, "blocked-replaced");
      await testbed.revoke(id);
      await door.open(link);
      await inspect(page, "blocked-revoked");
      await door.redeem((await testbed.invite({ address: address("empty"), apps: [] })).link, address("empty"));
      await inspect(page, "panel-empty");
      await door.open("/desk/invite?organization=contoso");
      await door.at("failure.forbidden.title");
      await inspect(page, "failure-forbidden");
    });

    test("the desk", async ({ another, address, testbed, traps }) => {
      traps.announceStatus(400, 422);
      const mira = await member((options) => another({ locale, ...options }), testbed, "mira@contoso.example");
      const { page } = mira;
      await mira.open("/desk/invite?organization=contoso");
      await inspect(page, "desk-invite");
      await page.getByLabel(t("invite.address")).fill(address());
      await page.getByLabel(t("invite.days")).fill("1");
      await page.getByLabel(t("invite.redirect")).fill("https://evil.example/");
      await mira.press("invite.preview");
      await expect(page.locator("[aria-invalid=true], .message").first()).toBeVisible();
      await inspect(page, "desk-invite-wrong");
      await page.getByLabel(t("invite.redirect")).fill("");
      await page.getByLabel("Project wiki").check();
      await mira.press("invite.preview");
      await expect(page.getByRole("region", { name: t("invite.preview.title") })).toBeVisible();
      await inspect(page, "desk-invite-preview");
      await mira.press("invite.send");
      await mira.at("invite.sent.title");
      await inspect(page, "desk-invite-sent");
    });
  });
}

test.describe("words", () => {
  test.use({ locale: "en-XA" });

  test("in a language that nobody speaks no English shows, and longer words fit", async ({ door, address, testbed, traps }) => {
    traps.announceStatus(404, 422);
    const { page } = door;
    await page.setViewportSize({ width: 320, height: 800 });
    const look = async (where: string) => {
      expect.soft(await untranslated(page), where).toEqual([]);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect.soft(over, `${where}: pixels to scroll sideways`).toBeLessThanOrEqual(0);
    };
    await door.open("/");
    await look("identify");
    await door.open((await testbed.invite({ address: address(), message: "Hello" })).link);
    await look("invitation");
    await door.press("action.continue");
    await door.at("email_code.title");
    await look("code");
    const code = await testbed.code(address());
    await door.enter(otherThan(code));
    await expect(door.code).toHaveAttribute("aria-invalid", "true");
    await look("wrong code");
    await door.enter(code);
    await door.at("consent.title", { organization: "Contoso Research" });
    await look("consent");
    await door.press("action.accept");
    await door.at("panel.title");
    await look("panel");
    await door.open("/apps/account");
    await look("account");
    await door.open("/nothing");
    await look("not found");
  });
});
