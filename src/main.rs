//! The browser's entry: the boot script calls [`start`] with the words of the document's language.

use wasm_bindgen::prelude::wasm_bindgen;

/// WebAssembly calls this when the module is there; the page begins with its words.
fn main() {}

/// Starts the page. It runs until the document ends, so nothing ever takes it down.
#[wasm_bindgen]
pub fn start(words: &str) {
    std::mem::forget(vestibule::runtime::start(words));
}
