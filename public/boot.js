// Starts the application. This is the template of the one script that every page loads: the build
// joins it with the glue of wasm-bindgen and writes in where the other files are and what their
// digests must be.
//
// A page rendered by the server works without any of this. So whatever fails here is said quietly,
// and shown only where the page would stay empty.
import init, { start } from "vestibule-glue";

const { wasm, locales } = VESTIBULE_BUNDLE;
const page = document.documentElement;

/** Fetches a file of the bundle; the browser refuses it when it is not the one that was built. */
const load = ({ url, integrity }) => fetch(url, { integrity });

/** The words of the document's language, of its main language, or English. */
const wordsFor = (language) => locales[language] ?? locales[language.split("-")[0]] ?? locales.en;

/** The form first: it is on the screen and works before anything else asks for the network or the processor. */
const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

async function boot() {
  await painted();
  const [words] = await Promise.all([
    load(wordsFor(page.lang)).then((response) => response.text()),
    init({ module_or_path: load(wasm) }),
  ]);
  start(words);
}

/** Notes the outcome on the document, for styles and tests, and explains a page that stays empty. */
function giveUp(state) {
  page.dataset.boot = state;
  if (!document.getElementById("app")?.hasChildNodes()) {
    document.getElementById("boot-failed")?.removeAttribute("hidden");
  }
}

if (typeof WebAssembly !== "object") {
  giveUp("unsupported");
} else {
  try {
    await boot();
    page.dataset.boot = "ready";
  } catch (error) {
    giveUp("failed");
    console.warn("The application could not start.", error);
  }
}
