// T01, T02: mail scanners open links, with script or without, and some press every button. None of it redeems.
import type { Page } from "@playwright/test";
import { expect, invariantsHold, test } from "../fixtures/test.ts";

invariantsHold();

test("t01 a hundred GETs, twenty HEADs and a browser with script leave no trace", async ({ door, another, address, testbed, baseURL }) => {
  const { link } = await testbed.invite({ address: address() });
  await testbed.letter(address());
  const before = await testbed.census();
  const robots = ["Mozilla/5.0 (compatible; SafeLinks)", "curl/8.5", "Barracuda Sentinel (EE)", "Slackbot-LinkExpanding 1.0"];
  for (let round = 0; round < 100; round += 1) {
    const headers = { "user-agent": robots[round % robots.length] as string };
    expect((await fetch(link, { headers })).status).toBe(200);
    if (round % 5 === 0) expect((await fetch(link, { method: "HEAD", headers })).status).toBe(200);
  }
  const scanner = await another();
  await scanner.open(link);
  await scanner.page.waitForLoadState("networkidle");
  await scanner.page.mouse.wheel(0, 2000);
  await scanner.open(link);
  expect(await testbed.census(), `rows after the visits at ${baseURL}`).toEqual(before);
  expect(await testbed.mails(address())).toHaveLength(1);
  await door.redeem(link, address());
});

/** What a robot presses, by the place of the button on each page it comes to. */
const ROBOTS = [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1, 0], [1, 1, 1]];

/** Fills everything in and presses one button. */
async function press(page: Page, index: number): Promise<void> {
  const buttons = page.getByRole("main").getByRole("button");
  await expect(buttons.first()).toBeVisible();
  const last = (await buttons.count()) - 1;
  for (const field of await page.getByRole("main").getByRole("textbox").all()) {
    await field.evaluate((input: HTMLInputElement) => (input.value = "12345678"));
  }
  const answer = page.waitForResponse(() => true);
  await buttons.nth(Math.min(index, last)).click();
  await answer;
  await page.waitForLoadState();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
}

test("t02 a robot that presses every button changes nothing but a few codes sent", async ({ door, another, address, testbed, traps }) => {
  test.setTimeout(120_000);
  traps.announceStatus(409, 410, 422, 429);
  const { link } = await testbed.invite({ address: address() });
  await testbed.letter(address());
  const before = await testbed.census();
  for (const javaScriptEnabled of [true, false]) {
    for (const presses of ROBOTS) {
      const robot = await another({ javaScriptEnabled });
      await robot.page.goto(link);
      if (javaScriptEnabled) await robot.settled();
      for (const index of presses) await press(robot.page, index);
      await robot.page.context().close();
    }
  }
  const after = await testbed.census();
  for (const table of ["users", "identities", "consents", "sessions", "invitations"]) {
    expect(after[table], table).toBe(before[table]);
  }
  const codes = (await testbed.mails(address())).length - 1;
  expect(codes, "codes for one address are limited").toBeLessThanOrEqual(3);
  await testbed.pass({ hours: 4 });
  for (const mail of await testbed.mails(address())) testbed.forget(mail);
  await door.redeem(link, address());
});
