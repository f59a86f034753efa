// The whole job over a real mail server, which is also down for a while.
import { pseudoDist } from "../fixtures/dist.ts";
import { Door } from "../fixtures/door.ts";
import { codeIn, linkIn } from "../fixtures/mail.ts";
import { PostOffice, type Received } from "../fixtures/post_office.ts";
import { test as base, expect } from "../fixtures/test.ts";
import { Testbed, freePort } from "../fixtures/testbed.ts";
import { t } from "../fixtures/words.ts";

const test = base.extend<{ office: PostOffice }, { testbed: Testbed; smtpPort: number }>({
  smtpPort: [async ({}, use) => use(await freePort()), { scope: "worker" }],
  testbed: [
    async ({ smtpPort }, use) => {
      const testbed = await Testbed.start({ dist: pseudoDist(), smtp: smtpPort });
      await use(testbed);
      const violations = await testbed.violations();
      await testbed.stop();
      expect(violations).toEqual([]);
    },
    { scope: "worker" },
  ],
  office: async ({ smtpPort }, use) => {
    const office = new PostOffice(smtpPort);
    await office.open();
    await use(office);
    await office.close();
  },
});

const text = ({ mail }: Received) => ({ text: mail.text ?? "" });

/** What holds of every mail of ours. */
function wellFormed({ mail, raw, from }: Received): void {
  expect(raw, "plain text and HTML of the same").toMatch(/content-type: multipart\/alternative/i);
  expect(mail.html).toContain("<html");
  const header = (name: string) => mail.headers.find((one) => one.key === name)?.value;
  expect(header("auto-submitted")).toBe("auto-generated");
  expect(header("message-id")).toMatch(/^<[^@\s]+@[^@\s]+>$/);
  expect(header("date")).toBeTruthy();
  expect(mail.from?.address).toBe("door@vestibule.example");
  expect(from).toBe("door@vestibule.example");
  expect(raw.split("\r\n").every((line) => line.length <= 998), "lines as RFC 5322 limits them").toBe(true);
  expect(raw.replaceAll("\r\n", ""), "no line ends of another kind").not.toMatch(/[\r\n]/);
  expect(mail.html, "nothing is loaded from anywhere").not.toMatch(/<img|<script|url\(/);
}

test("the whole job over SMTP", async ({ door, address, testbed, office }) => {
  const guest = address();
  await testbed.invite({ address: guest, message: "Grüße, 你好 — Ana" });
  const invitation = await office.delivered(guest, 1);
  wellFormed(invitation);
  expect(invitation.mail.subject).toBe("Mira Lindqvist invited you to Contoso Research");
  expect(invitation.mail.replyTo?.[0]?.address).toBe("mira@contoso.example");
  expect(invitation.mail.text).toContain("Grüße, 你好 — Ana");
  const link = linkIn(text(invitation)) as string;
  const links = [...(invitation.mail.html ?? "").matchAll(/href="(https?:[^"]+)"/g)].map((match) => match[1]);
  expect(new Set(links), "one link, the same in both parts").toEqual(new Set([link]));

  await door.toCode(link);
  const letter = await office.delivered(guest, 2);
  wellFormed(letter);
  const code = codeIn(text(letter)) as string;
  expect(letter.mail.subject, "a code in a subject shows on locked screens").not.toContain(code);
  expect(letter.mail.html).not.toContain("href=\"http");
  await door.enter(code);
  await door.at("consent.title", { organization: "Contoso Research" });
  await door.press("action.accept");
  await door.at("panel.title");
});

test("with the mail server down the page says what to do; once it is up the mail comes and the code works", async ({
  page,
  mode,
  address,
  testbed,
  office,
}) => {
  const guest = address();
  const door = new Door(page, mode, testbed);
  const { link } = await testbed.invite({ address: guest });
  await office.delivered(guest, 1);
  await office.breakDown();
  await door.toCode(link);
  await expect(page.getByRole("main")).toContainText("@partner.example");
  await page.getByText(t("email_code.missing"), { exact: true }).click();
  await expect(page.getByText(t("email_code.missing.spam"))).toBeVisible();
  await expect.poll(() => office.attempts, { timeout: 15_000 }).toBeGreaterThan(0);
  await office.open();
  await testbed.pass({ minutes: 1 });
  await door.enter(codeIn(text(await office.delivered(guest, 2))) as string);
  await door.at("consent.title", { organization: "Contoso Research" });
});
