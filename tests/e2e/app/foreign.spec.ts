// Other sites: they can neither frame our pages nor act in a guest's name (T11, T12, S62).
import http from "node:http";
import type { AddressInfo } from "node:net";
import { test as base, expect, invariantsHold } from "../fixtures/test.ts";

/** A site of somebody else: another host in the eyes of the browser, and on this machine. */
const test = base.extend<{ evil: (body: string) => string }>({
  evil: async ({}, use) => {
    let page = "";
    const server = http.createServer((_, response) => {
      response.setHeader("content-type", "text/html").end(`<!doctype html><title>evil</title>${page}`);
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const { port } = server.address() as AddressInfo;
    await use((body) => {
      page = body;
      return `http://127.0.0.1:${port}/`;
    });
    server.closeAllConnections();
    server.close();
  },
});

invariantsHold();

test("t12 no other site can frame a page of ours", async ({ door, address, testbed, traps, evil }) => {
  traps.announce(/frame|X-Frame-Options|Content Security Policy|ERR_BLOCKED_BY_RESPONSE|csp report/i);
  const { link } = await testbed.invite({ address: address() });
  await door.page.goto(evil(`<iframe src="${link}"></iframe>`));
  await expect.poll(() => door.page.frames()[1]?.url()).toMatch(/^chrome-error:/);
});

test("t11 s62 no other site can act for a guest who is signed in", async ({ door, address, testbed, traps, evil, baseURL }) => {
  traps.announceStatus(400, 403, 404, 405, 415);
  traps.announce(/CORS policy/, /ERR_FAILED/, /ERR_BLOCKED_BY_RESPONSE/);
  await door.redeem((await testbed.invite({ address: address() })).link, address());
  const { link } = await testbed.invite({ address: address(), organization: "fabrikam", apps: ["orders"] });
  await testbed.letter(address());
  const { page } = door;
  const attacks: [string, Record<string, string>][] = [
    [link, { action: "continue", rev: "0" }],
    [`${baseURL}/signout`, {}],
    [`${baseURL}/apps/account`, { action: "revoke", id: "x" }],
  ];
  const before = await testbed.census();
  for (const [target, fields] of attacks) {
    const inputs = Object.entries(fields).map(([name, value]) => `<input name="${name}" value="${value}">`);
    await page.goto(evil(`<form id="f" method="post" action="${target}">${inputs.join("")}<button>win</button></form>`));
    const answer = page.waitForResponse(target);
    await page.getByRole("button").click();
    expect((await answer).status(), target).toBe(403);
    await page.waitForURL(target);
  }
  await page.goto(evil("<p>scripts</p>"));
  const outcomes = await page.evaluate(async (base) => {
    const attempt = (path: string, init: RequestInit) =>
      fetch(`${base}${path}`, { credentials: "include", ...init }).then(
        (answer) => answer.type,
        () => "refused",
      );
    return [
      await attempt("/api/v1/session", { method: "DELETE" }),
      await attempt("/api/v1/flows", { method: "POST", mode: "no-cors", body: '{"intent":"sign-in"}' }),
      await attempt("/api/v1/me", { method: "GET" }),
    ];
  }, baseURL);
  expect(outcomes).not.toContain("cors");
  expect(await testbed.census()).toEqual(before);
  await door.open("/apps?organization=contoso");
  await door.at("panel.title");
});
