import { defineConfig } from "@playwright/test";
import { CHROMIUM, RESULTS, SANDBOX } from "./fixtures/paths.ts";
import type { Options } from "./fixtures/test.ts";

const QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const PLAIN = ["--disable-component-update", "--disable-sync"];

export default defineConfig<Options, object>({
  testDir: ".",
  outputDir: RESULTS,
  reporter: [["list"]],
  fullyParallel: false,
  workers: 2,
  // A test that passes on its second try hides a fault of the product or of itself.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 45_000,
  expect: { timeout: 7_000 },
  use: {
    browserName: "chromium",
    locale: "en",
    timezoneId: "UTC",
    viewport: { width: 1280, height: 900 },
    actionTimeout: 10_000,
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: CHROMIUM,
      chromiumSandbox: SANDBOX,
      args: [...QUIET, ...PLAIN],
    },
  },
  projects: [
    // The application as most people get it.
    { name: "wasm", testMatch: ["both/**/*.spec.ts", "app/**/*.spec.ts"], use: { mode: "wasm" } },
    // No script at all: what the server draws has to be enough.
    {
      name: "plain",
      testMatch: ["both/**/*.spec.ts", "plain/**/*.spec.ts"],
      use: { mode: "plain", javaScriptEnabled: false },
    },
  ],
});
