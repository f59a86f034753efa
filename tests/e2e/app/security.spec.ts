// What a browser enforces, and what it must never get to know.
import { otherThan } from "../fixtures/mail.ts";
import { expect, invariantsHold, test } from "../fixtures/test.ts";
import { t } from "../fixtures/words.ts";

invariantsHold();

const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "base-uri 'none'",
  "object-src 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
];

test("s60 after the whole job no secret is within reach of a script", async ({ door, address, testbed, context }) => {
  const { link } = await testbed.invite({ address: address() });
  await door.toCode(link);
  const code = await testbed.code(address());
  await door.enter(otherThan(code));
  await expect(door.code).toHaveAttribute("aria-invalid", "true");
  await door.enter(code);
  await door.at("consent.title", { organization: "Contoso Research" });
  const dump = async () =>
    door.page.evaluate(async () => {
      const clean = new Set(Object.getOwnPropertyNames(Object.getPrototypeOf(window)));
      const globals = Object.getOwnPropertyNames(window)
        .filter((name) => !clean.has(name))
        .map((name) => {
          try {
            return `${name}=${JSON.stringify((window as unknown as Record<string, unknown>)[name]) ?? ""}`;
          } catch {
            return name;
          }
        });
      return {
        cookie: document.cookie,
        local: { ...localStorage },
        session: { ...sessionStorage },
        databases: await indexedDB.databases(),
        caches: await caches.keys(),
        globals: globals.join("\n"),
        history: JSON.stringify(history.state),
        name: window.name,
        url: location.href,
        page: document.documentElement.outerHTML,
      };
    });
  const secrets = async () => {
    const cookies = (await context.cookies()).map((cookie) => cookie.value);
    return [new URL(link).pathname.split("/").at(-1) as string, code, ...cookies].filter((secret) => secret.length > 7);
  };
  const check = async (where: string) => {
    const found = await dump();
    expect(found.cookie, where).toBe("");
    expect([found.local, found.session, found.databases, found.caches], where).toEqual([{}, {}, [], []]);
    const text = JSON.stringify(found);
    for (const secret of await secrets()) expect(text.includes(secret), `a secret at ${where}`).toBe(false);
  };
  await check("the consent");
  await door.press("action.accept");
  await door.at("panel.title");
  await check("the panel");
});

test("s61 every cookie is out of reach of scripts, other hosts and other sites", async ({ door, address, testbed, context }) => {
  const lines: string[] = [];
  context.on("response", async (response) => {
    const headers = await response.headersArray().catch(() => []);
    for (const header of headers) if (header.name.toLowerCase() === "set-cookie") lines.push(...header.value.split("\n"));
  });
  await door.redeem((await testbed.invite({ address: address() })).link, address());
  const cookies = await context.cookies();
  expect(cookies.map((cookie) => cookie.name.replace(/-[0-9a-f]{12}$/, "")).sort()).toEqual([
    "__Host-vestibule-flow",
    "__Host-vestibule-form",
    "__Host-vestibule-session",
  ]);
  for (const cookie of cookies) {
    const strict = cookie.name === "__Host-vestibule-session";
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, path: "/", sameSite: strict ? "Strict" : "Lax" });
    expect(cookie.domain, "host-only").toBe("localhost");
    expect((cookie.name + cookie.value).length).toBeLessThan(4096);
  }
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) {
    expect(line).toMatch(/^__Host-vestibule-[\w-]+=[\w-]*; Path=\/; Secure; HttpOnly; SameSite=(Lax|Strict)/);
    expect(line).not.toMatch(/domain=/i);
  }
});

test("s64 s69 s70 every answer has its policy, errors too", async ({ testbed, address }) => {
  const { link } = await testbed.invite({ address: address() });
  const visits: [string, RequestInit?][] = [
    [link], ["/"], ["/nothing/here"], ["/i/short"], ["/flow/unknown"], ["/apps"], ["/apps/account"], ["/desk/invite"],
    ["/assets/nothing.js"], ["/api/v1/me"], ["/api/v1/flows/unknown"], ["/v1.0/invitations"], ["/.well-known/vestibule"],
    ["/", { method: "POST", body: "x" }], ["/", { method: "DELETE" }], ["/api/v1/flows", { method: "POST", body: "{" }],
    ["/signout", { method: "POST" }], [`/${"a".repeat(3000)}`], ["/%2e%2e/%00"], ["/dev/inbox"], ["/", { method: "HEAD" }],
  ];
  for (const [path, init] of visits) {
    const url = new URL(path, testbed.url);
    const answer = await fetch(url, { redirect: "manual", headers: { accept: "text/html" }, ...init });
    const what = `${init?.method ?? "GET"} ${url.pathname} ${answer.status}`;
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy, what).toContain("default-src 'none'");
    expect(policy, what).toContain("frame-ancestors 'none'");
    expect(policy, what).not.toMatch(/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|\*/);
    // A bare answer without style and script has the strictest policy of all.
    const bare = policy.includes("form-action 'none'");
    if (answer.headers.get("content-type")?.startsWith("text/html") && url.pathname !== "/dev/inbox" && !bare) {
      for (const part of POLICY) expect(policy, what).toContain(part);
    }
    expect(answer.headers.get("referrer-policy"), what).toBe("no-referrer");
    expect(answer.headers.get("x-content-type-options"), what).toBe("nosniff");
    expect(answer.headers.get("permissions-policy"), what).toContain("camera=()");
    if (!url.pathname.startsWith("/.well-known")) expect(answer.headers.get("cache-control"), what).toBe("no-store");
  }
});

test("s65 s66 markup from a text throws, inline script does not run, and both are reported", async ({ door, traps }) => {
  traps.announce(/csp/i, /Content Security Policy/i, /requires 'Trusted/);
  await door.open("/");
  const outcome = await door.page.evaluate(() => {
    const thrown = (act: () => void) => {
      try {
        act();
        return "nothing thrown";
      } catch (error) {
        return (error as Error).name;
      }
    };
    const markup = thrown(() => (document.body.innerHTML = "<b>x</b>"));
    const policy = thrown(() =>
      (window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): void } }).trustedTypes.createPolicy("mine", {}),
    );
    const image = document.createElement("img");
    const handler = thrown(() => image.setAttribute("onerror", "window.ran = true"));
    image.src = "https://elsewhere.example/x.png";
    document.body.append(image);
    return { markup, policy, handler };
  });
  expect(outcome).toEqual({ markup: "TypeError", policy: "TypeError", handler: "TypeError" });
  await expect.poll(() => traps.seen(/^csp report/).length).toBeGreaterThan(0);
  expect(await door.page.evaluate(() => "ran" in window)).toBe(false);
});

test("s71 the link's secret leaves the address bar with the first action, and no other site learns from where one comes", async ({
  door,
  address,
  testbed,
  context,
}) => {
  const { link } = await testbed.invite({ address: address() });
  let referrer: string | undefined = "nobody asked";
  await context.route("https://contoso.example/**", async (route) => {
    referrer = (await route.request().allHeaders()).referer;
    await route.fulfill({ contentType: "text/html", body: "<title>Privacy</title>elsewhere" });
  });
  await door.toConsent(link, address());
  expect(door.page.url()).toMatch(/\/flow\/[\w-]+$/);
  await door.page.getByRole("main").getByRole("link", { name: t("consent.privacy") }).click();
  await expect(door.page.getByText("elsewhere")).toBeVisible();
  expect(referrer).toBeUndefined();
  expect(await door.page.evaluate(() => document.referrer)).toBe("");
});

test("s72 return_to leads to a page of this site or to the panel, never elsewhere", async ({ door, address, testbed }) => {
  await door.redeem((await testbed.invite({ address: address() })).link, address());
  const ends = async (wish: string) =>
    door.page.evaluate(async (return_to) => {
      const body = JSON.stringify({ intent: "sign-in", return_to, capabilities: { steps: ["done"], authenticators: [] } });
      const headers = { "content-type": "application/json" };
      const answer = await fetch("/api/v1/flows", { method: "POST", headers, body });
      const document = (await answer.json()) as { step?: { type: string; data: { redirect: string } } };
      return document.step?.type === "done" ? document.step.data.redirect : `not done: ${answer.status}`;
    }, wish);
  const hostile = [
    "//evil.example", "/\\evil.example", "https:evil.example", "https://evil.example", "javascript:alert(1)",
    "data:text/html,x", "/%0d%0aLocation:%20https://evil.example", "/%2f%2fevil.example", "@evil.example",
    "\t//evil.example", "https://evil.example@localhost", "http://еxample.com", `/${"a".repeat(2100)}`, "///evil.example",
    "/..//evil.example", "/\t/evil.example",
  ];
  for (const wish of hostile) {
    const end = await ends(wish);
    const url = new URL(end, testbed.url);
    expect(url.origin, wish).toBe(testbed.url);
    expect(`${url.pathname}`, wish).toBe("/apps");
  }
  expect(await ends("/apps/account?organization=contoso")).toBe("/apps/account?organization=contoso");
});

test("s74 names and messages of others stay text", async ({ door, address, testbed }) => {
  const name = `<img src=x onerror=alert(1)>Ana`;
  const message = `<script>alert(1)</script>\n<a href="https://evil.example">click</a>\nhttps://evil.example/login`;
  const { link } = await testbed.invite({ address: address(), name, message });
  const letter = await testbed.letter(address());
  expect(letter.html).not.toMatch(/<img|<script|href="https:\/\/evil/);
  await door.open(link);
  const quotation = door.page.getByRole("blockquote");
  await expect(quotation).toContainText("<script>alert(1)</script>");
  expect(await quotation.locator("script, a, img").count()).toBe(0);
  await door.press("action.continue");
  await door.at("email_code.title");
  await door.enter(await testbed.code(address()));
  await door.at("consent.title", { organization: "Contoso Research" });
  const shown = door.page.getByRole("main").locator("bdi", { hasText: "<img src=x" });
  await expect(shown.first()).toHaveText(name);
  expect(await door.page.getByRole("main").locator("img").count()).toBe(0);
});
