//! The commands, one file each.

pub(crate) mod bench;
pub(crate) mod build;
pub(crate) mod codegen;
pub(crate) mod run;
pub(crate) mod size;
pub(crate) mod test;
pub(crate) mod tidy;
pub(crate) mod tools;
