//! Building blocks: elements, forms, fields, messages. They know no page, no API and no order of steps.

mod button;
mod code;
mod countdown;
mod field;
mod form;
mod href;
mod link;
mod long_text;
mod message;
mod node;
mod prose;
pub mod wires;

pub(crate) use button::{Look, busy_line, button, failure_key, submit};
pub(crate) use code::code_field;
pub(crate) use countdown::{Countdown, countdown};
pub(crate) use field::{FieldState, draw_field};
pub(crate) use form::{form, on_submit};
pub(crate) use href::{Place, place};
pub(crate) use link::{goes, link, on_follow};
pub(crate) use long_text::long_text;
pub(crate) use message::{messages, said};
pub(crate) use node::{El, el};
pub(crate) use prose::{bdi, facts, icon, moment, sentence};
