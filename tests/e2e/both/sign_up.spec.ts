// Strangers let themselves in: the form, by the code or by an account of their own, and what comes before the first mail.
import { inspect } from "../fixtures/axe.ts";
import { EASTWIND, fill, isIn, test, toForm, typed } from "../fixtures/eastwind.ts";
import { THEIRS } from "../fixtures/identity_provider.ts";
import { expect } from "../fixtures/test.ts";
import { t } from "../fixtures/words.ts";

for (const locale of ["en", "ar-XB"]) {
  test.describe(locale, () => {
    test.use({ locale });

    test("a stranger fills in what is asked, and nothing typed is lost over a mistake", async ({ door, address, systems, traps }) => {
      expect(systems).toBeTruthy();
      if (door.mode === "plain") traps.announceStatus(422);
      await toForm(door, "suppliers", address("zoe"));
      if (door.mode === "wasm") await inspect(door.page, "attributes");
      await fill(door);
      // Wrong only for the program: a browser does not know that a name has no bell in it.
      const people = door.page.getByLabel("People");
      await people.evaluate((input: HTMLInputElement) => input.removeAttribute("max"));
      await people.fill("9000");
      await door.press("action.continue");
      await expect(door.page.getByText(t("message.value_too_large", { max: "500" }))).toBeVisible();
      await expect(door.page.getByLabel(t("field.displayName"))).toHaveValue("Zoë Ferreira");
      await expect(door.page.getByLabel("Wood")).toBeChecked();
      await expect(door.page.getByLabel(t("field.country"))).toHaveValue("PT");
      if (door.mode === "wasm") {
        await expect(people).toBeFocused();
        await inspect(door.page, "attributes-wrong");
      }
      await people.fill("12");
      await door.press("action.continue");
      await isIn(door);
    });
  });
}

test("s81 of forty questions one answer is missed, nothing else is lost, and each has the right keyboard", async ({ door, address, systems, traps }) => {
  expect(systems).toBeTruthy();
  if (door.mode === "plain") traps.announceStatus(422);
  await toForm(door, "many", address("zoe"));
  const { page } = door;
  await expect(page.locator("form :is(input:not([type=hidden]), select, textarea)")).toHaveCount(40);
  const attributes: [string, Record<string, string>][] = [
    ["Number 1", { type: "number", inputmode: "numeric" }],
    ["Day 1", { type: "date", min: "2026-01-01" }],
    ["Phone 1", { type: "tel", autocomplete: "tel" }],
    ["Country 1", { autocomplete: "country" }],
  ];
  for (const [label, wanted] of attributes) {
    for (const [name, value] of Object.entries(wanted)) {
      await expect(page.getByLabel(label), `${label}: ${name}`).toHaveAttribute(name, value);
    }
  }
  if (door.mode === "wasm") await inspect(page, "attributes-many");
  // Everything right but one day, far below, which the browser alone would not miss.
  for (const n of [1, 2, 3, 4, 5]) await page.getByLabel(`Day ${n}`).evaluate((input: HTMLInputElement) => input.removeAttribute("required"));
  for (const n of [1, 2, 3, 5]) await page.getByLabel(`Day ${n}`).fill("2026-11-20");
  await page.getByLabel("Text 5").fill("The last\nof all");
  await page.getByLabel("Line 1").focus();
  await page.keyboard.press("Enter");
  const missed = page.getByLabel("Day 4");
  await expect(missed).toHaveAttribute("aria-invalid", "true");
  if (door.mode === "wasm") await expect(missed).toBeFocused();
  await expect(page.getByLabel("Text 5")).toHaveValue("The last\nof all");
  await expect(page.getByLabel("Day 5")).toHaveValue("2026-11-20");
  await missed.fill("2026-12-24");
  await door.press("action.continue");
  await isIn(door);
});

for (const locale of ["en", "ar-XB"]) {
  test.describe(locale, () => {
    test.use({ locale });

    test("t23 whoever has no script, or no patience, waits half a minute", async ({ door, address, testbed, systems }) => {
      expect(systems).toBeTruthy();
      await typed(door, "hard", address("zoe"));
      await door.at("challenge.title");
      if (door.mode === "wasm") await inspect(door.page, "challenge");
      await door.press("action.continue");
      await expect(door.page.locator(".message[data-severity=warning]")).toBeVisible();
      expect(await testbed.mails(address("zoe"))).toEqual([]);
      if (door.mode === "wasm") await inspect(door.page, "challenge-early");
      await testbed.pass({ minutes: 1 });
      await door.press("action.continue");
      await door.at("email_code.title");
      await door.enter(await testbed.code(address("zoe")));
      await door.at("consent.title", EASTWIND);
    });
  });
}

test("somebody with a work account needs no code", async ({ door, address, systems, traps }) => {
  traps.announce(...THEIRS);
  await door.open("/signup/partners?organization=eastwind");
  await door.at("choose_provider.title");
  await door.page.getByRole("button", { name: "Partner account" }).click();
  if (door.mode === "plain") await door.page.getByRole("link", { name: /localhost/ }).click();
  await systems.partner.signIn(door.page, address("yan").split("@")[0] as string);
  // It vouches for nobody's mailbox here.
  await door.at("email_code.title");
  await door.enter(await door.testbed.code(address("yan")));
  await door.at("consent.title", EASTWIND);
  await door.press("action.accept");
  await door.at("attributes.title");
  await fill(door);
  await door.press("action.continue");
  await isIn(door);
});
