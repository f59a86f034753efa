// The same page for whoever has no script: it says what it takes, and leads back.
import { expect } from "../fixtures/test.ts";
import { PAGE, continued, test } from "../fixtures/public_client.ts";

test("s81 without script the page says what it takes, and leads back", async ({ door, address }) => {
  await continued(door, address());
  await door.at("federate.title", { provider: "Partner account" });
  await door.page.getByRole("link", { name: /localhost/ }).click();
  await expect(door.page).toHaveURL(new RegExp(`${PAGE}\\?flow=`));
  await expect(door.page.getByRole("heading", { level: 1, name: "Sign in with Partner account" })).toBeVisible();
  await expect(door.page.getByText(/needs script/)).toBeVisible();
  await door.page.getByRole("link", { name: "Use another way" }).click();
  await door.at("federate.title", { provider: "Partner account" });
  await door.press("action.cancel");
  await door.at("choose_provider.title");
});
