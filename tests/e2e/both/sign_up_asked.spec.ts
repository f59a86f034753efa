// Strangers let themselves in by a connector's leave, and by somebody's decision at the desk.
import { inspect } from "../fixtures/axe.ts";
import { fill, isIn, test, toForm } from "../fixtures/eastwind.ts";
import { member } from "../fixtures/members.ts";
import { expect } from "../fixtures/test.ts";
import { t } from "../fixtures/words.ts";

test("the example connector fills in, refuses a value, and lets in", async ({ door, address, systems }) => {
  expect(systems).toBeTruthy();
  await toForm(door, "checked", address("zoe"));
  await expect(door.page.getByLabel(t("field.displayName"))).toHaveValue(address("zoe").split("@")[0] as string);
  await fill(door);
  await door.page.getByLabel(t("field.jobTitle")).fill("x");
  await door.press("action.continue");
  await expect(door.page.getByRole("main").getByText("Give a job title of two letters at least.")).toBeVisible();
  await expect(door.page.getByLabel(t("field.displayName"))).toHaveValue("Zoë Ferreira");
  await door.page.getByLabel(t("field.jobTitle")).fill("Buyer");
  await door.press("action.continue");
  await isIn(door);
});

test("a connector that takes its time is seen to be asked, and the page goes on by itself", async ({ door, address, systems }) => {
  await toForm(door, "slow", address("zoe"));
  await fill(door);
  await door.press("action.continue");
  await door.at("checking.title");
  if (door.mode === "wasm") await inspect(door.page, "checking");
  systems.slow.letGo();
  await isIn(door);
});

test("whoever needs a decision waits, is told, and comes in", async ({ door, address, another, testbed, systems }) => {
  expect(systems).toBeTruthy();
  const zoe = address("zoe");
  await toForm(door, "approved", zoe);
  await fill(door);
  await door.press("action.continue");
  await door.at("pending_approval.title");
  if (door.mode === "wasm") await inspect(door.page, "pending-approval");
  const asked = (await testbed.mails("rosa@eastwind.example")).find((mail) => mail.subject.includes(zoe));
  const link = asked?.text.match(/http\S+\/desk\/signups\S*/)?.[0] as string;
  const rosa = await member(another, testbed, "rosa@eastwind.example");
  await rosa.page.goto(link);
  const entry = rosa.page.locator("section", { has: rosa.page.getByRole("heading", { name: zoe }) });
  await expect(entry.getByText("Zoë Ferreira")).toBeVisible();
  if (door.mode === "wasm") await inspect(rosa.page, "desk-signups");
  await entry.getByLabel("Reason (the person reads it)").fill("Welcome among us");
  await entry.getByRole("button", { name: "Approve" }).click();
  await expect(rosa.page.getByText("Done. The person gets a mail.")).toBeVisible();
  await expect.poll(async () => (await testbed.mails(zoe)).map((mail) => mail.subject)).toContain("You are in at Eastwind");
  await door.press("action.check");
  await isIn(door);
});
