// Measuring, one thing at a time.
import tests from "./playwright.config.ts";

export default { ...tests, testDir: "bench", workers: 1, projects: [{ name: "bench", testMatch: "*.bench.ts", use: { mode: "wasm" as const } }] };
