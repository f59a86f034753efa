// `cargo xtask bench`: when the code page's form answers, beside the same form without any script. Ratios count; absolute
// times belong to the machine.
import http from "node:http";
import type { AddressInfo } from "node:net";
import zlib from "node:zlib";
import type { Browser } from "@playwright/test";
import { expect, test } from "../fixtures/test.ts";
import { type Answered, agent } from "./agent.ts";

const RUNS = Number(process.env.BENCH_RUNS ?? 9);
// The rate is shared by all requests of a page, and each waits for the latency once.
const SLOW = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };
const PROFILES = [
  { name: "fast", network: null, cpu: 1 },
  { name: "slow 4G, CPU/4", network: SLOW, cpu: 4 },
];

interface Loaded extends Answered {
  /** Milliseconds until the application has taken over. */
  ready: number;
  /** Layout shift until then. */
  shift: number;
}

test("the form answers", async ({ browser, door, address, testbed }) => {
  test.setTimeout(RUNS * 60_000);
  await door.toCode((await testbed.invite({ address: address() })).link);
  const path = new URL(door.page.url()).pathname;
  const cookie = (await door.page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const server = await serve(testbed.url, path, cookie);
  const rows: string[] = [];
  for (const profile of PROFILES) {
    const [still, page]: [Loaded[], Loaded[]] = [[], []];
    // One of each is for the browser to come to itself.
    for (let run = 0; run <= RUNS; run += 1) {
      const both = [await load(browser, server.url, "/static", profile), await load(browser, server.url, path, profile)];
      if (run === 0) continue;
      still.push(both[0] as Loaded);
      page.push(both[1] as Loaded);
    }
    const of = (loads: Loaded[], key: keyof Loaded) => median(loads.map((one) => one[key]));
    const [limit, ours] = [of(still, "answers"), of(page, "answers")];
    const cells = [profile.name, ms(limit), ms(ours), (ours / limit).toFixed(2), ms(of(page, "ready"))];
    rows.push([...cells, Math.max(...page.map((one) => one.shift)).toFixed(4)].join(" | "));
  }
  server.close();
  console.log(["network | static form | code page | ratio | taken over | layout shift", ...rows].join("\n"));
});

const ms = (time: number) => `${Math.round(time)} ms`;

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** A cold load: nothing cached, no connection open, but a process of the origin that is up. */
async function load(browser: Browser, origin: string, path: string, profile: (typeof PROFILES)[number]): Promise<Loaded> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.addInitScript(agent);
    await page.goto(`${origin}/blank`);
    const cdp = await context.newCDPSession(page);
    if (profile.network) await cdp.send("Network.emulateNetworkConditions", profile.network);
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: profile.cpu });
    await page.goto(origin + path, { waitUntil: "commit", timeout: 60_000 });
    const answered = await page.evaluate(() => window.answered);
    if (path === "/static") return { ...answered, ready: answered.answers, shift: 0 };
    await page.locator("html[data-boot=ready]").waitFor({ state: "attached", timeout: 60_000 });
    const [ready, shift] = await page.evaluate(() => [performance.now(), window.shifted()] as const);
    return { ...answered, ready, shift };
  } finally {
    await context.close();
  }
}

/** The door's page with the guest's cookie, and the same page without script, behind the same headers. */
async function serve(door: string, path: string, cookie: string): Promise<{ url: string; close: () => void }> {
  const ask = (target: string, headers: http.OutgoingHttpHeaders) =>
    new Promise<http.IncomingMessage>((done, failed) => {
      const host = new URL(door).host;
      http.get(door + target, { headers: { ...headers, host, cookie } }, done).on("error", failed);
    });
  const response = await ask(path, { accept: "text/html" });
  const headers: http.OutgoingHttpHeaders = { ...response.headers, "content-encoding": "br" };
  for (const own of ["content-length", "transfer-encoding", "set-cookie", "connection", "date"]) delete headers[own];
  let html = "";
  for await (const chunk of response) html += chunk;
  expect(html).toContain('name="code"');
  const still = html.replace(/<script[\s\S]*?<\/script>/g, "").replace(/<link rel="icon"[^>]*>/g, '<link rel="icon" href="data:,">');
  const quality = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } };
  const [statics, blank] = [still, "<!doctype html><title>blank</title>"].map((text) => zlib.brotliCompressSync(text, quality));
  const server = http.createServer(async (request, answer) => {
    const body = { "/static": statics, "/blank": blank }[request.url ?? ""];
    if (body) return answer.writeHead(200, headers).end(body);
    const passed = await ask(request.url ?? "/", request.headers);
    passed.pipe(answer.writeHead(passed.statusCode ?? 502, passed.headers));
    return undefined;
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, close };
}
