//! The field of a one-time code: one input, drawn as cells by the style sheet (S82).
//!
//! One, because autofill, paste and screen readers know nothing of a row of boxes. Without `maxlength`, so that
//! `123 456 78` and the pasted line of a mail fit.

use leptos::ev;
use leptos::prelude::event_target_value;

use crate::flow::Event;
use crate::screen::Values;

use super::wires::Wires;
use super::{El, el};

/// The input. Sends [`Event::CodeComplete`] when what it holds has as many digits as a code.
pub(crate) fn code_field(wires: &Wires, name: &str, digits: u32, action: &str) -> El {
    let send = wires.send.clone();
    let (name_of_value, action) = (name.to_owned(), action.to_owned());
    let complete = move |input: ev::Event| {
        if let Some(code) = digits_in(&event_target_value(&input), digits) {
            let values = Values::from([(name_of_value.clone(), code)]);
            send(Event::CodeComplete { action: action.clone(), values });
        }
    };
    el("input")
        .attr("type", "text")
        .class("code")
        .attr("data-digits", digits.to_string())
        // Digits run from left to right in every script.
        .attr("dir", "ltr")
        .on(ev::input, complete)
}

/// The code in a text that holds exactly one: its digits, whatever separates them. In a longer text, such as a whole
/// mail, the one number of that length.
pub(crate) fn digits_in(text: &str, digits: u32) -> Option<String> {
    let wanted = digits as usize;
    let all: String = text.chars().filter_map(ascii_digit).collect();
    if all.len() == wanted && text.chars().all(|c| ascii_digit(c).is_some() || separates(c)) {
        return Some(all);
    }
    let mut found = text
        .split(|c| ascii_digit(c).is_none() && !separates(c))
        .map(|run| run.chars().filter_map(ascii_digit).collect::<String>())
        .filter(|run| run.len() == wanted);
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

/// What people and mail programs put between digits, visible or not.
fn separates(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '\u{2010}'..='\u{2014}' | '.' | '\u{b7}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Digits of the keyboards that write others: Arabic, Persian, Devanagari, Bengali, full width.
fn ascii_digit(c: char) -> Option<char> {
    const ZEROS: [char; 6] = ['0', '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{ff10}'];
    ZEROS.iter().find_map(|zero| {
        let value = u32::from(c).checked_sub(u32::from(*zero))?;
        char::from_digit(value, 10)
    })
}

#[cfg(test)]
mod tests;
