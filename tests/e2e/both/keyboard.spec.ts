// The whole job with Tab, Enter and Space alone (WCAG 2.1.1, 2.4.3, 2.4.7, 2.4.11, 4.1.3).
import type { Locator } from "@playwright/test";
import type { Door } from "../fixtures/door.ts";
import { otherThan } from "../fixtures/mail.ts";
import { expect, invariantsHold, test } from "../fixtures/test.ts";
import { like, t } from "../fixtures/words.ts";

invariantsHold();

/** Where the focus is: what it is drawn with, whether it can be seen, whether anything covers it. */
function focused(door: Door): Promise<{ what: string; ring: boolean; seen: boolean }> {
  return door.page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return {
      what: `${element.tagName} ${element.id} ${element.textContent?.trim().slice(0, 40)}`,
      ring: style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2,
      seen: over !== null && (element.contains(over) || over.contains(element)),
    };
  });
}

/** Tabs until an element has the focus; every stop on the way shows where it is. */
async function tabTo(door: Door, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let stops = 0; stops < 40; stops += 1) {
    await door.page.keyboard.press("Tab");
    const stop = await focused(door);
    // After the last stop it is the browser's own turn.
    if (stop.what.startsWith("BODY")) continue;
    expect(stop, stop.what).toMatchObject({ ring: true, seen: true });
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`the keyboard does not reach ${target}`);
}

async function arrives(door: Door, key: string, params = {}): Promise<void> {
  await door.at(key, params);
  // A page of the server's begins at its top by itself; the application says where the new step begins.
  if (door.mode === "wasm") await expect(door.heading(key, params)).toBeFocused();
}

test("s83 the whole job by keyboard alone", async ({ door, address, testbed, mode }) => {
  const { page } = door;
  const { link } = await testbed.invite({ address: address() });
  await door.open(link);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: t("chrome.skip") })).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(door, door.button("action.continue"));
  await page.keyboard.press("Enter");
  await arrives(door, "email_code.title");
  if (mode === "wasm") {
    await expect(page.locator("[aria-live]").filter({ hasText: t("message.code_sent") })).toHaveCount(1);
  }

  await tabTo(door, door.code);
  const code = await testbed.code(address());
  await page.keyboard.type(otherThan(code));
  if (mode === "plain") await page.keyboard.press("Enter");
  await expect(door.code).toHaveAccessibleDescription(like("message.code_wrong", { attempts_left: 4 }));
  if (mode === "wasm") await expect(door.code).toBeFocused();
  else await tabTo(door, door.code);
  await page.keyboard.type(code);
  if (mode === "plain") await page.keyboard.press("Enter");

  await arrives(door, "consent.title", { organization: "Contoso Research" });
  await tabTo(door, door.button("action.accept"));
  await page.keyboard.press("Space");
  await arrives(door, "panel.title");
  const search = page.getByRole("searchbox", { name: t("panel.search") });
  await tabTo(door, search);
  await page.keyboard.type("wiki");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: /^Plans 2027/ })).toHaveCount(0);
  if (mode === "wasm") {
    await expect(search).toBeFocused();
    await expect(page.locator("[aria-live]").filter({ hasText: t("panel.count", { shown: 1, total: 1 }) })).toHaveCount(1);
  }
  await tabTo(door, page.getByText(t("tile.details")).first().locator("xpath=ancestor-or-self::summary"));
  await page.keyboard.press("Enter");
  await expect(page.getByText("Shared by Mira Lindqvist").first()).toBeVisible();
  await tabTo(door, door.button("chrome.sign_out"));
  await page.keyboard.press("Enter");
  await door.at("identify.title");
});

test("s83 targets are large enough for fingers, and 200 % zoom needs no sideways scroll", async ({ door, address, testbed }) => {
  const { link } = await testbed.invite({ address: address() });
  await door.page.setViewportSize({ width: 320, height: 640 });
  await door.open(link);
  const small = await door.page.evaluate(() =>
    [...document.querySelectorAll("button, input:not([type=hidden]), summary, .button")]
      .map((element) => ({ name: element.textContent?.trim() ?? "", box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.height < 24 || box.width < 24))
      .map(({ name }) => name),
  );
  expect(small).toEqual([]);
  await door.page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
  expect(await door.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});
