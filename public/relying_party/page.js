// The page that speaks to an identity provider itself (`/federate/{organization}/{provider}`). It begins a sign-in for the
// flow that its address names, and takes up what the provider sends people back with. The tokens stay in the worker but
// for the ID token, which goes to the flow as the action `complete`. Whatever goes wrong leads back to the flow.

const { worker } = VESTIBULE_RELYING_PARTY;

/** What this tab keeps while somebody is at the provider: storage of the tab alone, emptied on the way back. */
const KEPT = "vestibule.journey";

const address = new URL(location.href);

/** A failure by its name, as the flow writes it down. */
class Failed extends Error {}

/** Trusted Types (`trusted-types vestibule-relying-party`): the worker is the one script that may be started from here. */
const policy = globalThis.trustedTypes?.createPolicy("vestibule-relying-party", {
  createScriptURL: (url) => {
    if (url !== worker) throw new TypeError("another script than the worker");
    return url;
  },
});

/** Has the worker do something, and ends it. */
function inWorker(task, input) {
  return new Promise((resolve, reject) => {
    const running = new Worker(policy ? policy.createScriptURL(worker) : worker, { type: "module" });
    const ended = (settle, value) => {
      running.terminate();
      settle(value);
    };
    running.onmessage = ({ data: { result, failure } }) =>
      failure ? ended(reject, new Failed(failure)) : ended(resolve, result);
    // No WebAssembly here, or no worker: nothing that anybody could mend on this page.
    running.onerror = () => ended(reject, new Failed("unreachable"));
    running.postMessage({ task, input: JSON.stringify(input) });
  });
}

/** The flow's address in the API; where it is, the backend says (section "Discovery" of the contract). */
async function inApi(flow) {
  const { endpoints } = await (await fetch("/.well-known/vestibule")).json();
  return `${endpoints.flows}/${encodeURIComponent(flow)}`;
}

/** Tells the flow what came of it, and goes there. */
async function complete({ flow, api, rev }, values) {
  const body = JSON.stringify({ rev, action: "complete", values });
  const headers = { "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
  try {
    await fetch(api, { method: "POST", headers, body });
  } catch (error) {
    console.warn("The flow could not be told what came of this sign-in.", error);
  }
  // Whatever the answer was, the flow's page shows where it stands.
  toFlow(flow);
}

/** The page of the flow; without one, the sign-in entry of the organization in this page's address. */
function toFlow(flow) {
  const [, , organization] = location.pathname.split("/");
  location.replace(flow ? `/flow/${encodeURIComponent(flow)}` : `/?organization=${organization}`);
}

/** To the provider. */
async function begin(flow) {
  const api = await inApi(flow);
  const answer = await fetch(api, { headers: { accept: "application/vnd.vestibule.step+json" } });
  const { flow: { rev }, step } = await answer.json();
  const client = step?.data;
  if (step?.type !== "federate" || client.mode !== "browser") return toFlow(flow);
  // Another provider's page would be told a code that is not for it.
  if (client.redirect_uri !== location.origin + location.pathname) return toFlow(flow);
  const kept = { flow, api, rev, client };
  let departure;
  try {
    departure = JSON.parse(await inWorker("begin", client));
  } catch (error) {
    return complete(kept, { error: error.message });
  }
  const { url, state, verifier } = departure;
  sessionStorage.setItem(KEPT, JSON.stringify({ ...kept, state, verifier }));
  location.replace(url);
}

/** Back from the provider. An answer counts once, in the tab and at the page that asked for it. */
async function finish(query) {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
  const single = (name) => (query.getAll(name).length === 1 ? query.get(name) : undefined);
  const here = kept.client?.redirect_uri === location.origin + location.pathname;
  if (!here || !kept.state || single("state") !== kept.state) return toFlow(kept.flow);
  const { flow, client, verifier } = kept;
  sessionStorage.setItem(KEPT, JSON.stringify({ flow }));
  const arrival = { client, verifier, code: single("code"), iss: single("iss"), error: single("error") };
  let values;
  try {
    values = { id_token: await inWorker("finish", arrival) };
  } catch (error) {
    values = { error: error.message };
  }
  await complete(kept, values);
}

async function run() {
  document.getElementById("working")?.removeAttribute("hidden");
  const flow = address.searchParams.get("flow");
  if (flow) return begin(flow);
  // The code is nobody else's to read: not the history's, not a reload's.
  history.replaceState(null, "", location.pathname);
  return finish(address.searchParams);
}

try {
  await run();
} catch (error) {
  console.warn("This sign-in could not go on.", error);
  toFlow(address.searchParams.get("flow"));
}
