//! Documents: the built page on the disk (`dist`), and the HTML around what the app's own views draw (`shell`).

pub mod dist;
pub mod escape;
pub mod shell;
pub mod style;
