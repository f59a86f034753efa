// The code: what people do with it, on purpose and by accident.
import { otherThan } from "../fixtures/mail.ts";
import { expect, invariantsHold, test } from "../fixtures/test.ts";
import { like, t } from "../fixtures/words.ts";

invariantsHold();

const CONSENT = ["consent.title", { organization: "Contoso Research" }] as const;

test("a wrong code says how many tries are left, and the right one still works", async ({ door, address, testbed }) => {
  const { link } = await testbed.invite({ address: address() });
  await door.toCode(link);
  const code = await testbed.code(address());
  for (const left of [4, 3]) {
    await door.enter(otherThan(code, left));
    await expect(door.page.getByText(t("message.code_wrong", { attempts_left: left })).first()).toBeVisible();
    await expect(door.code).toHaveAccessibleDescription(like("message.code_wrong", { attempts_left: left }));
    await expect(door.code).toHaveAttribute("aria-invalid", "true");
    await expect(door.code).toHaveValue("");
    if (door.mode === "wasm") await expect(door.code).toBeFocused();
  }
  await door.enter(code);
  await door.at(...CONSENT);
});

test("five wrong codes use it up, and another one can be had (S93)", async ({ door, address, testbed }) => {
  const { link } = await testbed.invite({ address: address() });
  await door.toCode(link);
  const code = await testbed.code(address());
  for (const left of [4, 3, 2, 1]) {
    await door.enter(otherThan(code, left));
    await expect(door.code).toHaveAccessibleDescription(like("message.code_wrong", { attempts_left: left }));
  }
  await door.enter(otherThan(code, 9));
  await expect(door.code).toHaveAccessibleDescription(like("message.code_used_up"));
  await door.enter(code);
  await expect(door.code).toHaveAccessibleDescription(like("message.code_used_up"));
  await testbed.pass({ minutes: 15 });
  await door.press("action.resend");
  await expect(door.page.getByText(t("message.code_resent")).first()).toBeVisible();
  await door.enter(await testbed.code(address()));
  await door.at(...CONSENT);
});

test("a code that ran out says so, and the next one works", async ({ door, address, testbed }) => {
  const { link } = await testbed.invite({ address: address() });
  await door.toCode(link);
  const code = await testbed.code(address());
  await testbed.pass({ minutes: 11 });
  await door.enter(code);
  await expect(door.code).toHaveAccessibleDescription(like("message.code_expired"));
  await door.press("action.resend");
  await expect(door.page.getByText(t("message.code_resent")).first()).toBeVisible();
  await door.enter(await testbed.code(address()));
  await door.at(...CONSENT);
});

test("a new code makes the one before worthless", async ({ door, address, testbed }) => {
  const { link } = await testbed.invite({ address: address() });
  await door.toCode(link);
  const first = await testbed.code(address());
  await test.step("too early, it says from when on", async () => {
    await expect(door.page.getByText(like(door.mode === "wasm" ? "email_code.resend_in" : "email_code.resend_from"))).toBeVisible();
    await door.press("action.resend");
    await expect(door.page.getByRole("main")).toContainText(like("message.send_limited"));
    expect(await testbed.census()).toMatchObject({ codes: expect.any(Number) });
  });
  await testbed.pass({ minutes: 1 });
  await door.press("action.resend");
  await expect(door.page.getByText(t("message.code_resent")).first()).toBeVisible();
  const second = await testbed.code(address());
  expect(second).not.toBe(first);
  await door.enter(first);
  await expect(door.code).toHaveAccessibleDescription(like("message.code_wrong", { attempts_left: 4 }));
  await door.enter(second);
  await door.at(...CONSENT);
});

test("s82 a code is taken as it is pasted: with spaces, or in the whole mail", async ({ door, address, testbed, mode }) => {
  const spaced = address("spaced");
  const whole = address("whole");
  await test.step("with a space", async () => {
    await door.toCode((await testbed.invite({ address: spaced })).link);
    const code = await testbed.code(spaced);
    await door.code.focus();
    await door.page.keyboard.insertText(` ${code.slice(0, 3)} ${code.slice(3, 6)} ${code.slice(6)}\n`);
    if (mode === "plain") await door.press("action.verify");
    await door.at(...CONSENT);
  });
  await test.step("the whole mail", async () => {
    await door.toCode((await testbed.invite({ address: whole })).link);
    await testbed.code(whole);
    const mail = (await testbed.mails(whole))[0];
    await door.code.focus();
    await door.page.keyboard.insertText(mail?.text ?? "");
    if (mode === "plain") await door.press("action.verify");
    await door.at(...CONSENT);
  });
});

test("s82 the field takes a code from the keyboard's suggestion", async ({ door, address, testbed, mode }) => {
  await door.toCode((await testbed.invite({ address: address() })).link);
  await expect(door.code).toHaveAttribute("autocomplete", "one-time-code");
  await expect(door.code).toHaveAttribute("inputmode", "numeric");
  await expect(door.code).not.toHaveAttribute("maxlength");
  await door.code.fill(await testbed.code(address()));
  if (mode === "plain") await door.press("action.verify");
  await door.at(...CONSENT);
});

test("pressing everything twice does everything once", async ({ door, address, testbed, mode }) => {
  const { link } = await testbed.invite({ address: address() });
  await door.open(link);
  await door.button("action.continue").dblclick();
  await door.at("email_code.title");
  const code = await testbed.code(address());
  await door.code.fill(code);
  if (mode === "plain") await door.button("action.verify").dblclick();
  else await door.page.keyboard.press("Enter");
  await door.at(...CONSENT);
  const before = await testbed.census();
  await door.button("action.accept").dblclick();
  await door.at("panel.title");
  const after = await testbed.census();
  for (const table of ["consents", "sessions", "identities"]) {
    expect(after[table], table).toBe((before[table] ?? 0) + 1);
  }
  expect((await testbed.mails(address())).length, "one invitation, one code").toBe(2);
});

test("a code that is too short is not a try", async ({ door, address, testbed, traps }) => {
  traps.announceStatus(422);
  await door.toCode((await testbed.invite({ address: address() })).link);
  const code = await testbed.code(address());
  await door.code.fill(code.slice(0, 7));
  await door.press("action.verify");
  await expect(door.code).toHaveAccessibleDescription(like("message.code_format", { digits: 8 }));
  await door.enter(otherThan(code));
  await expect(door.code).toHaveAccessibleDescription(like("message.code_wrong", { attempts_left: 4 }));
});

test("a code entered in another tab moves this one on", async ({ door, address, testbed, traps }) => {
  traps.announceStatus(409);
  await door.toCode((await testbed.invite({ address: address() })).link);
  const code = await testbed.code(address());
  const tab = await door.tab();
  await tab.open(door.page.url());
  await tab.enter(code);
  await tab.at(...CONSENT);
  await door.enter(code);
  await door.at(...CONSENT);
});
