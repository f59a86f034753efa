// The application draws over what the server drew. Whoever was at it already does not notice.
import type { Page } from "@playwright/test";
import { expect, invariantsHold, test } from "../fixtures/test.ts";
import { member } from "../fixtures/members.ts";
import { like, t } from "../fixtures/words.ts";

invariantsHold();

/** Holds the application back until it is released, and measures every shift of the layout from the start. */
async function hold(page: Page): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((done) => (release = done));
  await page.route("**/*.wasm", async (route) => {
    await released;
    await route.continue();
  });
  await page.addInitScript(() => {
    const found: string[] = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) found.push(`${entry.value}`);
    }).observe({ type: "layout-shift", buffered: true });
    Object.assign(window, { shifts: found });
  });
  return release;
}

/** Two frames, so that a shift would have been reported. */
async function shifts(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    return (window as unknown as { shifts: string[] }).shifts;
  });
}

test("what is typed, selected and focused before the application arrives stays as it is", async ({ door, address }) => {
  const { page } = door;
  const release = await hold(page);
  await page.goto("/?organization=contoso");
  await door.email.click();
  await page.keyboard.type(address());
  release();
  await door.settled();
  await expect(door.email).toHaveValue(address());
  await expect(door.email).toBeFocused();
  expect(await shifts(page)).toEqual([]);
  await page.keyboard.press("Enter");
  await door.at("email_code.title");
});

test("a half-typed code keeps its caret, and is finished after the takeover", async ({ door, address, testbed }) => {
  const { page } = door;
  await door.toCode((await testbed.invite({ address: address() })).link);
  const code = await testbed.code(address());
  const tab = await door.tab();
  const release = await hold(tab.page);
  await tab.page.goto(page.url());
  await tab.code.click();
  await tab.page.keyboard.type(code.slice(0, 3) + code.slice(4));
  for (let back = 0; back < 4; back += 1) await tab.page.keyboard.press("ArrowLeft");
  release();
  await tab.settled();
  await expect(tab.code).toBeFocused();
  expect(await tab.code.evaluate((field: HTMLInputElement) => [field.selectionStart, field.selectionEnd])).toEqual([3, 3]);
  expect(await shifts(tab.page)).toEqual([]);
  await tab.page.keyboard.type(code.charAt(3));
  await tab.at("consent.title", { organization: "Contoso Research" });
});

test("a whole code that was typed before the takeover is sent by it", async ({ door, address, testbed }) => {
  await door.toCode((await testbed.invite({ address: address() })).link);
  const code = await testbed.code(address());
  const tab = await door.tab();
  const release = await hold(tab.page);
  await tab.page.goto(door.page.url());
  await tab.code.fill(code);
  release();
  await tab.at("consent.title", { organization: "Contoso Research" });
});

test("a long form keeps every field, box and opened detail", async ({ another, testbed, address }) => {
  const mira = await member(another, testbed, "mira@contoso.example");
  const { page } = mira;
  const release = await hold(page);
  await page.goto("/desk/invite?organization=contoso");
  await page.getByLabel(t("invite.address")).fill(address());
  await page.getByLabel("Project wiki").check();
  await page.getByLabel(t("invite.message")).fill("One\ntwo");
  await page.getByLabel(t("invite.days")).fill("3");
  const hint = page.locator("#hint-message");
  const limit = Number(/\d+/.exec((await hint.textContent()) ?? "")?.[0]);
  await page.evaluate(() => scrollTo(0, 120));
  release();
  await mira.settled();
  await expect(hint).toContainText(t("field.left", { number: limit - "One\ntwo".length }));
  await expect(page.getByLabel(t("invite.address"))).toHaveValue(address());
  await expect(page.getByLabel("Project wiki")).toBeChecked();
  await expect(page.getByLabel("Plans 2027")).not.toBeChecked();
  await expect(page.getByLabel(t("invite.message"))).toHaveValue("One\ntwo");
  await expect(page.getByLabel(t("invite.days"))).toHaveValue("3");
  expect(await page.evaluate(() => scrollY)).toBe(120);
  expect(await shifts(page)).toEqual([]);
});

test("a button pressed before the application arrives posts the form, and the next page is taken over", async ({ door, address, testbed }) => {
  const { page } = door;
  const release = await hold(page);
  await page.goto((await testbed.invite({ address: address() })).link);
  await door.press("action.continue");
  await expect(door.heading("email_code.title")).toBeVisible();
  release();
  await door.settled();
  await door.enter(await testbed.code(address()));
  await door.at("consent.title", { organization: "Contoso Research" });
});

test("no page moves while it loads and is taken over", async ({ door, address, testbed, traps }) => {
  traps.announceStatus(404);
  const { page } = door;
  const release = await hold(page);
  release();
  const { link } = await testbed.invite({ address: address(), message: "Hello" });
  for (const url of ["/", link, `/i/${"B".repeat(43)}`]) {
    await door.open(url);
    expect(await shifts(page), url).toEqual([]);
  }
  await door.redeem(link, address());
  for (const url of ["/apps?organization=contoso", "/apps/account?organization=contoso"]) {
    await door.open(url);
    expect(await shifts(page), url).toEqual([]);
  }
});

test("the wait for a new code counts down, also on a device whose clock is hours off", async ({ door, address, testbed }) => {
  const { page } = door;
  // Only the time is moved: Playwright's own clock gives timers numbers that no browser gives.
  await page.addInitScript(() => {
    const now = Date.now.bind(Date);
    Object.assign(window, { ahead: 0 });
    Date.now = () => now() + (window as unknown as { ahead: number }).ahead;
  });
  await testbed.pass({ hours: 3 });
  await door.toCode((await testbed.invite({ address: address() })).link);
  const wait = page.getByText(like("email_code.resend_in"));
  const first = (await wait.textContent()) ?? "";
  expect(first).toMatch(/\b[01]:\d\d\b/);
  await expect(wait).not.toHaveText(first);
  await page.evaluate(() => Object.assign(window, { ahead: 10 * 60_000 }));
  await expect(page.getByText(t("email_code.resend_now"))).toBeVisible();
});
