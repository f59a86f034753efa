// The whole job: invited at the desk, mailed, proven, agreed, in; and back out again.
import { expect, invariantsHold, test } from "../fixtures/test.ts";
import { linkIn } from "../fixtures/mail.ts";
import { member } from "../fixtures/members.ts";
import { like, t } from "../fixtures/words.ts";

invariantsHold();

test("a guest is invited at the desk, proves the mailbox, agrees, and stands in the panel", async ({
  door,
  another,
  address,
  testbed,
  traps,
}) => {
  const guest = address();
  const link = await test.step("Mira invites, and sees the mail before it goes out", async () => {
    const mira = await member(another, testbed, "mira@contoso.example");
    await mira.open("/desk/invite?organization=contoso");
    const { page } = mira;
    await mira.at("invite.title");
    await page.getByLabel(t("invite.address")).fill(guest);
    await page.getByLabel(t("invite.name")).fill("Ana Ruiz");
    await page.getByLabel("Project wiki").check();
    await page.getByLabel("Plans 2027").check();
    await page.getByLabel(t("invite.message")).fill("Hello Ana,\nthe drawings are there.");
    await page.getByLabel(t("invite.reason")).fill("Spring launch");
    await mira.press("invite.preview");
    const preview = page.getByRole("region", { name: t("invite.preview.title") });
    await expect(preview).toContainText("Mira Lindqvist invited you to Contoso Research");
    await expect(preview).toContainText(guest);
    await expect(preview).toContainText("the drawings are there.");
    expect(await testbed.mails(guest), "a preview is not sent").toEqual([]);
    await expect(page.getByLabel(t("invite.address"))).toHaveValue(guest);
    await mira.press("invite.send");
    await mira.at("invite.sent.title");
    await expect(page.getByRole("main")).toContainText(guest);
    const letter = await testbed.letter(guest);
    expect(letter.subject).toBe("Mira Lindqvist invited you to Contoso Research");
    await expect(page.getByRole("main"), "the desk never shows the secret link").not.toContainText("/i/");
    return linkIn(letter) as string;
  });

  const { page } = door;
  await test.step("the guest sees who asks, and for what", async () => {
    await door.open(link);
    await door.at("invitation.title", { organization: "Contoso Research" });
    const main = page.getByRole("main");
    await expect(main).toContainText("Mira Lindqvist (mira@contoso.example) invites you as a guest.");
    await expect(main.getByRole("blockquote")).toHaveText(/Hello Ana,\s+the drawings are there\./);
    await expect(main).toContainText("Project wiki");
    await expect(main).toContainText("Plans 2027");
    await expect(main, "the invited address is masked").not.toContainText(guest);
    await expect(page.getByRole("banner")).toContainText("contoso.example");
    await expect(page.getByRole("banner")).toContainText(new URL(link).host);
    await expect(door.button("action.decline")).toBeVisible();
    await expect(page.getByRole("link", { name: t("invitation.report") })).toBeVisible();
  });

  await test.step("the guest proves the mailbox", async () => {
    await door.press("action.continue");
    await door.at("email_code.title");
    await expect(page.getByRole("main")).toContainText(t("message.code_sent"));
    await door.enter(await testbed.code(guest));
  });

  await test.step("the guest sees the very values, and agrees", async () => {
    await door.at("consent.title", { organization: "Contoso Research" });
    const main = page.getByRole("main");
    for (const text of [guest, "Ana Ruiz", "Contoso Research", "contoso.example"]) await expect(main).toContainText(text);
    for (const permission of ["receive_profile", "log_activity", "use_data"]) {
      await expect(main).toContainText(t(`permission.${permission}`));
    }
    await expect(main.getByRole("link", { name: t("consent.privacy") })).toHaveAttribute(
      "href",
      "https://contoso.example/privacy",
    );
    await door.press("action.accept");
  });

  await test.step("the panel says what there is, why, since when, and whom to ask", async () => {
    await door.at("panel.title");
    const tile = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: /^Project wiki/ }) });
    await expect(tile.getByRole("link", { name: /^Project wiki/ })).toHaveAttribute(
      "href",
      "https://wiki.contoso.example/spring",
    );
    await tile.getByText(t("tile.details")).click();
    await expect(tile).toContainText("Shared by Mira Lindqvist: Spring launch");
    await expect(tile).toContainText(t("tile.since_label"));
    await expect(tile.getByRole("link", { name: "Mira Lindqvist" })).toHaveAttribute(
      "href",
      "mailto:mira@contoso.example",
    );
    await expect(page.getByRole("link", { name: /^Ticket desk/ }), "not shared").toHaveCount(0);
  });

  await test.step("search finds, and says when it does not", async () => {
    const search = page.getByRole("searchbox", { name: t("panel.search") });
    await search.fill("wiki");
    await door.press("action.search");
    await expect(page.getByText(t("panel.count", { shown: 1, total: 1 })).first()).toBeVisible();
    await expect(page.getByRole("link", { name: /^Plans 2027/ })).toHaveCount(0);
    await search.fill("zzz");
    await door.press("action.search");
    await expect(page.getByRole("main")).toContainText(t("panel.no_match", { query: "zzz" }));
    await page.getByRole("link", { name: t("panel.show_all") }).click();
    await expect(page.getByRole("link", { name: /^Plans 2027/ })).toBeVisible();
  });

  await test.step("the account says what was agreed, and takes it back", async () => {
    await page.getByRole("link", { name: t("panel.account") }).click();
    await door.at("account.title");
    const main = page.getByRole("main");
    await expect(main).toContainText("Ana Ruiz");
    await expect(main).toContainText(t("activity.invitation.accepted"));
    await page.getByRole("button", { name: t("account.revoke") }).click();
    await expect(page.getByRole("button", { name: t("account.revoke") })).toHaveCount(0);
    await expect(main).toContainText(like("account.revoked"));
  });

  await test.step("what is shared cannot be used before the guest agrees again", async () => {
    traps.announceStatus(403);
    await page.getByRole("link", { name: t("account.panel") }).click();
    await door.at("consent.title", { organization: "Contoso Research" });
    await door.press("action.accept");
    await door.at("panel.title");
    await expect(page.getByRole("link", { name: /^Project wiki/ })).toBeVisible();
    await door.signOut();
  });
});

test("a guest of two organizations goes from one to the other, and signs out", async ({ door, address, testbed }) => {
  const guest = address();
  const first = await testbed.invite({ address: guest, apps: ["wiki"] });
  const second = await testbed.invite({ address: guest, apps: ["orders"], organization: "fabrikam" });
  await door.redeem(first.link, guest);
  const { page } = door;
  await test.step("the session of the invited address needs no second code", async () => {
    await door.open(second.link);
    await door.press("action.continue");
    await door.at("consent.title", { organization: "Fabrikam Works" });
    await door.press("action.accept");
    await door.at("panel.title");
  });
  await expect(page.getByRole("link", { name: /^Order book/ })).toBeVisible();
  await expect(page.getByRole("link", { name: /^Project wiki/ })).toHaveCount(0);
  const switcher = page.getByRole("navigation", { name: t("panel.organizations") });
  await switcher.getByText("Fabrikam Works").first().click();
  await switcher.getByRole("link", { name: /Contoso Research/ }).click();
  await expect(page.getByRole("link", { name: /^Project wiki/ })).toBeVisible();
  await expect(page.getByRole("link", { name: /^Order book/ })).toHaveCount(0);
  await door.signOut();
});

test("a returning guest signs in with a code, and nobody learns which addresses are known", async ({
  door,
  another,
  address,
  testbed,
}) => {
  const guest = address();
  await door.redeem((await testbed.invite({ address: guest })).link, guest);
  await door.signOut();
  await door.signIn(guest, "contoso");
  await expect(door.page.getByRole("link", { name: /^Project wiki/ })).toBeVisible();

  const stranger = await another();
  await stranger.open("/?organization=contoso");
  await stranger.email.fill(address("nobody"));
  await stranger.press("action.identify.continue");
  await stranger.at("email_code.title");
  expect(await testbed.mails(address("nobody"))).toEqual([]);
});

test("an invitation to one app ends at that app", async ({ door, address, testbed }) => {
  const wiki = "https://wiki.contoso.example/spring";
  await door.page.route(wiki, (route) => route.fulfill({ status: 200, contentType: "text/html", body: "<h1>Wiki</h1>" }));
  const { link } = await testbed.invite({ address: address(), redirect: wiki });
  await door.toConsent(link, address());
  await door.press("action.accept");
  await door.page.waitForURL(wiki);
});

test("whoever asks for a page before signing in lands on it", async ({ door, address, testbed }) => {
  const guest = address();
  await door.redeem((await testbed.invite({ address: guest })).link, guest);
  await door.signOut();
  await door.open("/apps/account?organization=contoso");
  await door.at("identify.title");
  await door.email.fill(guest);
  await door.press("action.identify.continue");
  await door.at("email_code.title");
  await door.enter(await testbed.code(guest));
  await door.at("account.title");
  expect(new URL(door.page.url()).pathname).toBe("/apps/account");
});
