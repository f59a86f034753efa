// A proof of work before the first mail, in a browser that gives one. Those that cannot: both/sign_up.spec.ts.
import { EASTWIND, test, typed } from "../fixtures/eastwind.ts";
import { expect } from "../fixtures/test.ts";

test("t23 before the first mail the browser works, and nobody has to press anything", async ({ door, address, testbed, systems }) => {
  expect(systems).toBeTruthy();
  await typed(door, "challenged", address("zoe"));
  await door.at("email_code.title");
  await door.enter(await testbed.code(address("zoe")));
  await door.at("consent.title", EASTWIND);
});
