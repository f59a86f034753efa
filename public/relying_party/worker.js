// The worker of the page that speaks to an identity provider: loads the WebAssembly, does one task, and is ended. Its
// policy is that of its own response, and alone lets it ask the provider.
import init, { begin, finish } from "relying-party-glue";

const { wasm } = VESTIBULE_RELYING_PARTY;

onmessage = async ({ data: { task, input } }) => {
  try {
    // The browser refuses it when it is not what was built.
    await init({ module_or_path: fetch(wasm.url, { integrity: wasm.integrity }) });
    // By name: the build gives both shorter ones, which no text knows.
    postMessage({ result: await (task === "begin" ? begin(input) : finish(input)) });
  } catch (error) {
    postMessage({ failure: error.message });
  }
};
