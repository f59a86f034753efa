// Guests whose own browser speaks to the identity provider (npm oidc-provider): a public client, in a worker of the page.
import type { BrowserContext } from "@playwright/test";
import { THEIRS } from "../fixtures/identity_provider.ts";
import { NORTHWIND, PAGE, continued, test } from "../fixtures/public_client.ts";
import { expect } from "../fixtures/test.ts";
import { t } from "../fixtures/words.ts";

const login = (address: string) => address.split("@")[0] as string;

/** Every address that the browser asks for on our side, whole. */
function requests(context: BrowserContext): string[] {
  const seen: string[] = [];
  context.on("request", (request) => seen.push(request.url()));
  return seen;
}

test("an invited guest signs in at the partner's provider by the page alone, and comes back so", async ({ door, another, address, testbed, work, traps }) => {
  traps.announce(...THEIRS);
  const asked = requests(door.page.context());
  await continued(door, address());
  await work.signIn(door.page, login(address()));
  await door.at("consent.title", NORTHWIND);
  await expect(door.page.getByText(address()).first()).toBeVisible();
  expect(new URL(door.page.url()).pathname, "no code and no token in the address").toMatch(/^\/flow\//);
  expect(new URL(door.page.url()).search).toBe("");
  expect(asked.filter((url) => url.startsWith(`${work.issuer}/token`)), "the code was traded here").toHaveLength(1);
  expect(await door.page.evaluate(() => JSON.stringify({ ...sessionStorage })), "what was kept is gone").not.toContain("verifier");
  await door.press("action.accept");
  await door.at("panel.title");
  expect((await testbed.mails(address())).length, "the invitation, and no code").toBe(1);
  await test.step("another day, at another device", async () => {
    const later = await another();
    await later.open("/?organization=northwind");
    await later.at("choose_provider.title");
    await later.page.getByRole("button", { name: "Partner account" }).click();
    await work.signIn(later.page, login(address()));
    await later.at("panel.title");
  });
});

test("the worker and its WebAssembly are loaded by nobody who does not need them", async ({ door }) => {
  const asked = requests(door.page.context());
  await door.open("/?organization=northwind");
  await door.at("choose_provider.title");
  expect(asked.filter((url) => url.includes("relying-party"))).toEqual([]);
});

test("whoever does not want to go there comes back and takes the code", async ({ door, address, testbed, work, traps }) => {
  traps.announce(...THEIRS);
  await continued(door, address());
  await expect(door.page).toHaveURL(new RegExp(`^${work.issuer}/`));
  await door.page.goBack();
  if (!door.page.url().startsWith(testbed.url)) await door.page.goBack();
  // The step that named the provider, and nobody is sent away again.
  await door.at("federate.title", { provider: "Partner account" });
  await door.press("action.cancel");
  await door.at("choose_provider.title");
  await door.page.getByRole("button", { name: t("action.choose.email") }).click();
  await door.enter(await testbed.code(address()));
  await door.at("consent.title", NORTHWIND);
});

test("what the provider refuses is told plainly, and another way is open", async ({ door, address, work, traps }) => {
  traps.announce(...THEIRS);
  await continued(door, address());
  await expect(door.page).toHaveURL(new RegExp(`^${work.issuer}/`));
  await door.page.getByRole("link", { name: /cancel/i }).click();
  await door.at("choose_provider.title");
  await expect(door.page.getByText(t("message.provider_cancelled"))).toBeVisible();
});

test("s41 s55 an answer counts once, in the tab that asked for it", async ({ door, address, work, traps }) => {
  traps.announce(...THEIRS);
  let answer = "";
  door.page.on("request", (request) => {
    if (request.url().includes(`${PAGE}?code=`)) answer = request.url();
  });
  await continued(door, address());
  await work.signIn(door.page, login(address()));
  await door.at("consent.title", NORTHWIND);
  const flow = door.page.url();
  await test.step("once more in the same tab", async () => {
    await door.page.goto(answer);
    await expect(door.page).toHaveURL(flow);
    await door.at("consent.title", NORTHWIND);
  });
  await test.step("as a reload on the way leaves it, without the code", async () => {
    await door.page.goto(PAGE);
    await expect(door.page).toHaveURL(flow);
    await door.at("consent.title", NORTHWIND);
  });
  await test.step("in another tab, which asked for nothing", async () => {
    const tab = await door.tab();
    const asked = requests(tab.page.context());
    await tab.page.goto(answer);
    await tab.at("choose_provider.title");
    expect(asked.filter((url) => url.startsWith(work.issuer)), "nobody is asked anything").toEqual([]);
  });
});

test("f06 a provider that is down leaves the other ways open", async ({ door, address, work, traps }) => {
  traps.announce(/ERR_FAILED/, /request failed/);
  await door.page.context().route(`${work.issuer}/**`, (route) => route.abort("failed"));
  await continued(door, address());
  await door.at("choose_provider.title");
  await expect(door.page.getByText(t("message.provider_failed"))).toBeVisible();
});

test("s66 the page of a sign-in starts its worker and nothing else", async ({ door, traps }) => {
  traps.announce(/csp violation: (require-trusted-types-for|trusted-types)/, /csp report: .*trusted-types/, /'Trusted(ScriptURL|HTML)'/, /ERR_FAILED/);
  traps.announce(/request failed: .*relying-party/, /Creating a TrustedTypePolicy named/);
  // Without its script the page stays where it is.
  await door.page.route(/relying-party\.[0-9a-f]+\.js$/, (route) => route.abort("failed"));
  await door.page.goto(PAGE);
  const tried = await door.page.evaluate(() => {
    const outcome = (act: () => unknown) => {
      try {
        act();
        return "done";
      } catch (error) {
        return (error as Error).name;
      }
    };
    const { trustedTypes } = globalThis as unknown as { trustedTypes: { createPolicy: (name: string, rules: object) => unknown } };
    return {
      text: outcome(() => new Worker("/assets/x.js")),
      policy: outcome(() => trustedTypes.createPolicy("another", {})),
      markup: outcome(() => (document.body.innerHTML = "<b>")),
    };
  });
  expect(tried).toEqual({ text: "TypeError", policy: "TypeError", markup: "TypeError" });
});
