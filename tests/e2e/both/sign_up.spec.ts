// Strangers let themselves in: by the code, by an account of their own, by a connector's leave (the example that people copy,
// and one that takes its time), and by somebody's decision at the desk.
import { type ChildProcess, spawn } from "node:child_process";
import http from "node:http";
import path from "node:path";
import type { Door } from "../fixtures/door.ts";
import { inspect } from "../fixtures/axe.ts";
import { IdentityProvider, THEIRS } from "../fixtures/identity_provider.ts";
import { member } from "../fixtures/members.ts";
import { test as base } from "../fixtures/own_server.ts";
import { expect } from "../fixtures/test.ts";
import { freePort } from "../fixtures/testbed.ts";
import { t } from "../fixtures/words.ts";

const EASTWIND = { organization: "Eastwind" };

interface Systems {
  /** Answers when it is let go. */
  slow: { letGo: () => void };
  partner: IdentityProvider;
}

function flow(id: string, more: string): string {
  return `
[[user_flows]]
id = "${id}"
name = "Supplier sign-up"
apps = ["catalogue"]
attributes = [
  { id = "displayName", required = true, group = "About you" },
  { id = "jobTitle" },
  { id = "country", required = true },
  { id = "tier", kind = "radio", label = "Supplier tier", group = "About your work with us", required = true, options = [{ value = "1", label = "Gold" }, { value = "2", label = "Silver" }] },
  { id = "goods", kind = "checkboxes", label = "Goods", hint = "All that you deliver.", options = [{ value = "steel", label = "Steel" }, { value = "wood", label = "Wood" }] },
  { id = "people", kind = "integer", label = "People", min = "1", max = "500" },
]
${more}
`;
}

function connector(id: string, url: string): string {
  return `[[connectors]]\nid = "${id}"\nname = "${id}"\ntarget_url = "${url}"\nusername = "door"\npassword = "a-password-of-the-test"\n`;
}

/** As many questions as anybody asks: one of each kind, again and again. */
function many(): string {
  const kinds = [
    (n: number) => `{ id = "line${n}", label = "Line ${n}", max_length = 40, group = "Part ${n}" }`,
    (n: number) => `{ id = "text${n}", kind = "long_text", label = "Text ${n}", hint = "Some sentences." }`,
    (n: number) => `{ id = "number${n}", kind = "integer", label = "Number ${n}", min = "1", max = "9" }`,
    (n: number) => `{ id = "day${n}", kind = "date", label = "Day ${n}", min = "2026-01-01", required = true }`,
    (n: number) => `{ id = "phone${n}", kind = "phone", label = "Phone ${n}" }`,
    (n: number) => `{ id = "land${n}", kind = "country", label = "Country ${n}" }`,
    (n: number) => `{ id = "yes${n}", kind = "boolean", label = "Yes, I have read part ${n}" }`,
    (n: number) => `{ id = "menu${n}", kind = "select", label = "Menu ${n}", options = [{ value = "a", label = "First" }, { value = "b", label = "Second" }] }`,
  ];
  const asked = [1, 2, 3, 4, 5].flatMap((n) => kinds.map((kind) => `  ${kind(n)},`));
  return `
[[user_flows]]
id = "many"
name = "Long sign-up"
apps = ["catalogue"]
providers = ["email"]
attributes = [
${asked.join("\n")}
]
`;
}

/** The example of this project, as somebody would run it. */
async function example(port: number): Promise<ChildProcess> {
  const file = path.join(import.meta.dirname, "../../../demo/connector/main.mjs");
  const env = { ...process.env, CONNECTOR_USERNAME: "door", CONNECTOR_PASSWORD: "a-password-of-the-test", PORT: String(port) };
  const child = spawn(process.execPath, [file], { env, stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((ready) => child.stdout?.once("data", ready));
  return child;
}

const test = base.extend<object, { systems: Systems }>({
  systems: [
    async ({ testbed }, use) => {
      const [port, slowPort] = [await freePort(), await freePort()];
      const child = await example(port);
      const waiting: (() => void)[] = [];
      const server = http.createServer((request, response) => {
        request.resume();
        response.setHeader("content-type", "application/json");
        waiting.push(() => response.end(JSON.stringify({ version: "1.0.0", action: "Continue" })));
      });
      await new Promise<void>((done) => server.listen(slowPort, "127.0.0.1", done));
      const partner = await IdentityProvider.start(`${testbed.url}/federation/eastwind/partner/callback`);
      const organization = `id = "eastwind"
name = "Eastwind"
domain = "eastwind.example"
[settings]
self_service_sign_up = true
contact = "help@eastwind.example"
[[members]]
address = "rosa@eastwind.example"
name = "Rosa Brandt"
role = "administrator"
[[apps]]
id = "catalogue"
name = "Parts catalogue"
kind = "app"
launch_url = "/apps?organization=eastwind"
`;
      const flows = [
        flow("suppliers", 'providers = ["email"]'),
        flow("partners", 'providers = ["partner"]'),
        flow("checked", 'providers = ["email"]\nafter_federation = "first"\nbefore_creation = "second"'),
        flow("slow", 'providers = ["email"]\nbefore_creation = "slow"'),
        flow("challenged", 'providers = ["email"]\nproof_of_work = 16'),
        // More than any browser does within a test.
        flow("hard", 'providers = ["email"]\nproof_of_work = 24'),
        flow("approved", 'providers = ["email"]\napproval = { approvers = ["rosa@eastwind.example"] }'),
      ];
      const connectors = [
        connector("first", `http://127.0.0.1:${port}/after-federation`),
        connector("second", `http://127.0.0.1:${port}/before-creation`),
        connector("slow", `http://127.0.0.1:${slowPort}/`),
      ];
      await testbed.apply([organization, partner.entry("partner"), ...flows, many(), ...connectors].join("\n"));
      await use({ slow: { letGo: () => waiting.splice(0).forEach((go) => go()) }, partner });
      await partner.stop();
      server.closeAllConnections();
      server.close();
      child.kill();
    },
    { scope: "worker" },
  ],
});

/** From the address of a user flow to the form, by the code. */
async function toForm(door: Door, id: string, address: string): Promise<void> {
  await typed(door, id, address);
  await door.at("email_code.title");
  await door.enter(await door.testbed.code(address));
  await door.at("consent.title", EASTWIND);
  await door.press("action.accept");
  await door.at("attributes.title");
}

async function fill(door: Door): Promise<void> {
  const { page } = door;
  await page.getByLabel(t("field.displayName")).fill("Zoë Ferreira");
  await page.getByLabel(t("field.jobTitle")).fill("Buyer");
  await page.getByLabel(t("field.country")).selectOption("PT");
  await page.getByLabel("Silver").check();
  await page.getByLabel("Steel").check();
  await page.getByLabel("Wood").check();
}

async function isIn(door: Door): Promise<void> {
  await door.at("panel.title");
  await expect(door.page.getByText("Parts catalogue").first()).toBeVisible();
}

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

/** From the address of a user flow to whatever comes after the typed address. */
async function typed(door: Door, id: string, address: string): Promise<void> {
  await door.open(`/signup/${id}?organization=eastwind`);
  await door.at("identify.title");
  await door.email.fill(address);
  await door.press("action.identify.continue");
}

test("t23 before the first mail the browser works, and nobody has to press anything", async ({ door, address, testbed, systems, mode }) => {
  test.skip(mode === "plain", "takes script; the next test is for those who have none");
  expect(systems).toBeTruthy();
  await typed(door, "challenged", address("zoe"));
  await door.at("email_code.title");
  await door.enter(await testbed.code(address("zoe")));
  await door.at("consent.title", EASTWIND);
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
