// S67, S81: without the application, with a damaged one, without cookies, without a connection.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Route } from "@playwright/test";
import { Door } from "../fixtures/door.ts";
import { CHROMIUM, SANDBOX } from "../fixtures/paths.ts";
import { expect, invariantsHold, test } from "../fixtures/test.ts";
import { t } from "../fixtures/words.ts";

invariantsHold();

const CONTOSO = { organization: "Contoso Research" };

/** Flips one bit in the middle of a file. */
async function damage(route: Route): Promise<void> {
  try {
    const response = await route.fetch();
    const body = await response.body();
    const at = body.length >> 1;
    body[at] = (body[at] ?? 0) ^ 1;
    const headers = { ...response.headers() };
    delete headers["content-encoding"];
    delete headers["content-length"];
    await route.fulfill({ status: response.status(), headers, body });
  } catch (error) {
    // Playwright drops what it fetched for a page that has been left meanwhile, and then nobody waits for it.
    if (!/disposed|closed|Invalid InterceptionId/.test(String(error))) throw error;
    await route.abort().catch(() => undefined);
  }
}

for (const [what, files] of [["script", "**/assets/boot.*.js"], ["program", "**/assets/app.*.wasm"], ["words", "**/assets/en.*.json"]] as const) {
  test(`s67 with one bit of the ${what} changed nothing of it runs, and the page works all the same`, async ({ page, testbed, address, traps }) => {
    traps.announce(/integrity/i, /could not start/, /ERR_FAILED|Failed to fetch/);
    await page.route(files, damage);
    const door = new Door(page, "plain", testbed);
    const { link } = await testbed.invite({ address: address() });
    const told = page.waitForEvent("console", (message) => /integrity/i.test(message.text()));
    await page.goto(link);
    await told;
    await expect(page.locator("html")).not.toHaveAttribute("data-boot", "ready");
    await door.redeem(link, address());
    await expect(page.locator("html")).not.toHaveAttribute("data-boot", "ready");
  });
}

test("s81 with script but without WebAssembly the page works as the server draws it", async ({ page, testbed, address }) => {
  await page.addInitScript(() => {
    delete (globalThis as { WebAssembly?: unknown }).WebAssembly;
  });
  const door = new Door(page, "plain", testbed);
  const { link } = await testbed.invite({ address: address() });
  await page.goto(link);
  await expect(page.locator("html")).toHaveAttribute("data-boot", "unsupported");
  await door.redeem(link, address());
});

for (const javaScriptEnabled of [true, false]) {
  test(`s81 a browser that takes no cookies is told so ${javaScriptEnabled ? "with" : "without"} script`, async ({ playwright, testbed, address, client }) => {
    const profile = fs.mkdtempSync(path.join(os.tmpdir(), "vestibule-profile-"));
    fs.mkdirSync(path.join(profile, "Default"));
    const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
    fs.writeFileSync(path.join(profile, "Default", "Preferences"), JSON.stringify(preferences));
    const context = await playwright.chromium.launchPersistentContext(profile, {
      executablePath: CHROMIUM,
      chromiumSandbox: SANDBOX,
      args: ["--disable-gpu"],
      baseURL: testbed.url,
      javaScriptEnabled,
      extraHTTPHeaders: { "x-forwarded-for": client },
    });
    const door = new Door(await context.newPage(), javaScriptEnabled ? "wasm" : "plain", testbed);
    await door.open((await testbed.invite({ address: address() })).link);
    await door.at("invitation.title", CONTOSO);
    expect(await context.cookies(), "this browser takes no cookies").toEqual([]);
    await door.press("action.continue");
    await expect(door.page.getByRole("main")).toContainText(/cookies/i);
    await context.close();
    fs.rmSync(profile, { recursive: true, force: true });
  });
}

test("f15 offline at the press, back online: nothing is lost, and it happens once", async ({ door, address, testbed, context, traps }) => {
  traps.announce(/ERR_INTERNET_DISCONNECTED/);
  const { link } = await testbed.invite({ address: address() });
  await door.toCode(link);
  const code = await testbed.code(address());
  await context.setOffline(true);
  await door.enter(code);
  await expect(door.page.getByText(t("failure.offline.brief"))).toBeVisible();
  await expect(door.code).toHaveValue(code);
  await context.setOffline(false);
  await door.at("consent.title", CONTOSO);
});

test("f15 an answer that got lost is given again, and the effect stays one", async ({ door, address, testbed, traps }) => {
  traps.announce(/ERR_CONNECTION_RESET/);
  const { link } = await testbed.invite({ address: address() });
  await door.toConsent(link, address());
  const before = await testbed.census();
  let lost = 0;
  await door.page.route("**/api/v1/flows/*", async (route) => {
    if (route.request().method() !== "POST" || lost > 0) return route.continue();
    lost += 1;
    await route.fetch();
    await route.abort("connectionreset");
  });
  await door.press("action.accept");
  await door.press("action.retry");
  await door.at("panel.title");
  expect(lost).toBe(1);
  const after = await testbed.census();
  for (const table of ["consents", "identities", "sessions"]) expect(after[table], table).toBe((before[table] ?? 0) + 1);
});

test("a slow answer: the button shows that it works, a line says so, and pressing again does nothing", async ({ door, address, testbed }) => {
  await door.open((await testbed.invite({ address: address() })).link);
  let answer = () => {};
  const released = new Promise<void>((done) => (answer = done));
  let asked = 0;
  await door.page.route("**/api/v1/flows", async (route) => {
    asked += 1;
    await released;
    await route.continue();
  });
  await door.press("action.continue");
  const button = door.button("action.continue");
  await expect(button).toHaveAttribute("aria-busy", "true");
  await expect(door.page.getByText(t("busy.slow"))).toBeVisible();
  await button.click({ force: true });
  answer();
  await door.at("email_code.title");
  expect(asked).toBe(1);
  expect(await testbed.mails(address())).toHaveLength(2);
});

test("s76 a panic of the program shows a page with a way on, tells no secret, and ends nothing", async ({ door, address, testbed, context, traps }) => {
  traps.announce(/The page has failed at/, /unreachable/);
  const { page } = door;
  const guest = address();
  const { link } = await testbed.invite({ address: guest });
  for (const at of ["invitation", "panel"]) {
    if (at === "panel") await door.redeem(link, guest);
    else await door.open(link);
    // Nothing that the application can be told makes it panic, so the browser fails under it.
    await page.evaluate(() => {
      Node.prototype.cloneNode = () => {
        throw new Error("no more elements");
      };
    });
    const kept = await context.cookies();
    await page.locator("main button").first().click();
    await expect(page.getByRole("heading", { name: t("failure.crashed.title") })).toBeFocused();
    for (const line of traps.seen(/failed at/)) {
      expect(line).not.toContain(guest);
      expect(line).not.toContain(link.split("/").at(-1) ?? link);
    }
    expect(await context.cookies()).toEqual(expect.arrayContaining(kept));
    await page.getByRole("link", { name: t("action.retry") }).click();
    await expect(page.getByRole("heading", { name: t("failure.crashed.title") })).toHaveCount(0);
    await expect(page.locator("html")).toHaveAttribute("data-boot", "ready");
  }
});

test("what is typed while the answer to a wrong value is under way stays", async ({ door, address, page, traps }) => {
  traps.announceStatus(422);
  await door.open("/");
  await door.email.evaluate((field: HTMLInputElement) => field.form?.setAttribute("novalidate", ""));
  const waiting = new Promise<Route>((done) => page.route("**/api/v1/flows/*", done, { times: 1 }));
  await door.email.fill("ana@-partner.example");
  await door.press("action.identify.continue");
  const route = await waiting;
  await door.email.fill(address());
  await route.continue();
  await expect(door.email).toHaveAttribute("aria-invalid", "true");
  await expect(door.email).toHaveValue(address());
  await door.press("action.identify.continue");
  await door.at("email_code.title");
});
