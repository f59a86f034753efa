//! Drawing a page over itself without anybody noticing.
//!
//! The server has drawn the page already when the application arrives, and somebody may be typing into it. Views
//! draw the same elements again; what the person has done to the ones before is carried over by id, or by place
//! where there is none.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, NodeList};

use super::document::{document, window};
use super::focus::focus;

/// Everything that can hold the focus, something typed, or something opened.
const KEEPERS: &str = "a[href], button, input, select, textarea, details, summary, [tabindex]";

/// What a person has done to a page.
pub(super) struct Kept {
    changes: Vec<(Mark, Change)>,
    focus: Option<Mark>,
    selection: Option<(u32, u32, String)>,
    scroll: (f64, f64),
}

/// How an element is found again.
struct Mark {
    id: String,
    tag: String,
    /// Position among all [`KEEPERS`].
    index: u32,
}

/// What differs from how the element was drawn.
enum Change {
    Typed(String),
    Ticked(bool),
    Chosen(String),
    Opened(bool),
}

impl Kept {
    /// Notes everything.
    pub(super) fn of(root: &Element) -> Self {
        let active = document().active_element().filter(|active| root.contains(Some(active)));
        let mut kept = Self {
            changes: Vec::new(),
            focus: None,
            selection: active.as_ref().and_then(selection),
            scroll: (window().scroll_x().unwrap_or_default(), window().scroll_y().unwrap_or_default()),
        };
        for (index, element) in elements(root) {
            let mark = || Mark { id: element.id(), tag: element.tag_name(), index };
            if let Some(change) = change(&element) {
                kept.changes.push((mark(), change));
            }
            if active.as_ref() == Some(&element) {
                kept.focus = Some(mark());
            }
        }
        kept
    }

    /// Does everything again to what stands there now.
    pub(super) fn restore(self, root: &Element) {
        let all: Vec<(u32, Element)> = elements(root).collect();
        let find = |mark: &Mark| {
            let same = |element: &Element| element.tag_name() == mark.tag;
            let place = all.iter().find(|(index, element)| {
                if mark.id.is_empty() { *index == mark.index } else { element.id() == mark.id }
            });
            place.map(|(_, element)| element).filter(|element| same(element))
        };
        for (mark, change) in &self.changes {
            if let Some(element) = find(mark) {
                apply(element, change);
            }
        }
        if let Some(element) = self.focus.as_ref().and_then(find) {
            focus(element);
            if let Some((start, end, direction)) = self.selection {
                select(element, start, end, &direction);
            }
        }
        window().scroll_to_with_x_and_y(self.scroll.0, self.scroll.1);
    }
}

fn elements(root: &Element) -> impl Iterator<Item = (u32, Element)> {
    let list: Option<NodeList> = root.query_selector_all(KEEPERS).ok();
    let length = list.as_ref().map_or(0, NodeList::length);
    (0..length).filter_map(move |index| {
        let node = list.as_ref()?.get(index)?;
        Some((index, node.dyn_into().ok()?))
    })
}

fn change(element: &Element) -> Option<Change> {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        return match input.type_().as_str() {
            "checkbox" | "radio" => {
                (input.checked() != input.default_checked()).then(|| Change::Ticked(input.checked()))
            }
            "hidden" => None,
            _ => (input.value() != input.default_value()).then(|| Change::Typed(input.value())),
        };
    }
    if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        let drawn = area.default_value().unwrap_or_default();
        return (area.value() != drawn).then(|| Change::Typed(area.value()));
    }
    if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
        return Some(Change::Chosen(select.value()));
    }
    (element.tag_name() == "DETAILS").then(|| Change::Opened(element.has_attribute("open")))
}

fn apply(element: &Element, change: &Change) {
    match change {
        Change::Typed(value) => {
            if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
                input.set_value(value);
            } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
                area.set_value(value);
            }
            // What counts and what waits for a whole code hears of it. Both are as if typed now.
            if let Ok(input) = document().create_event("Event") {
                input.init_event_with_bubbles("input", true);
                let _ = element.dispatch_event(&input);
            }
        }
        Change::Ticked(ticked) => {
            if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
                input.set_checked(*ticked);
            }
        }
        Change::Chosen(value) => {
            if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
                select.set_value(value);
            }
        }
        Change::Opened(open) => {
            // An attribute by its name on an element cannot fail.
            let _ = element.toggle_attribute_with_force("open", *open);
        }
    }
}

/// What is selected in a text. Browsers do not tell it for addresses and numbers.
fn selection(element: &Element) -> Option<(u32, u32, String)> {
    let (start, end, direction) = if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        (input.selection_start(), input.selection_end(), input.selection_direction())
    } else {
        let area = element.dyn_ref::<HtmlTextAreaElement>()?;
        (area.selection_start(), area.selection_end(), area.selection_direction())
    };
    Some((start.ok()??, end.ok()??, direction.ok().flatten().unwrap_or_default()))
}

fn select(element: &Element, start: u32, end: u32, direction: &str) {
    // A field whose text was drawn shorter takes what fits.
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        let _ = input.set_selection_range_with_direction(start, end, direction);
    } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        let _ = area.set_selection_range_with_direction(start, end, direction);
    }
}
