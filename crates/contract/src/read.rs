//! Reading wire types in few bytes of code, for the page.
//!
//! Serde makes a reader of several kilobytes for each structure; some fifty of them were a third of the bundle
//! (`docs/adr/0006-reading-json-in-the-page.md` has the figures). Here the text is parsed once into a tree, and each
//! structure only names its members. What is lost is the reason why something does not read, which the page has no
//! use for. That both ways read the same is a test over every type.

use crate::map::Map;

/// A parsed JSON text. Numbers are whole, because the contract has no others; a fraction reads as [`Tree::Null`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tree {
    /// `null`, and what the contract has no use for.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Tree>),
    /// Members by name, in the order of the text.
    Object(Vec<(String, Tree)>),
}

/// A type that can be read from a JSON tree.
///
/// Reading always gives a value, and says by `sound` whether it is one: what is of another type reads as something
/// empty and clears the flag. A reader that could stop in the middle would have to drop what it has so far, and that
/// code, repeated for every member of every type, was the larger part of it.
pub trait Read: Sized {
    /// Reads the value.
    fn read(value: &Tree, sound: &mut bool) -> Self;
}

/// Reads a tree; `None` when anything in it is of another type.
pub fn from_tree<T: Read>(tree: &Tree) -> Option<T> {
    let mut sound = true;
    let value = T::read(tree, &mut sound);
    sound.then_some(value)
}

impl Tree {
    /// A member of an object; an absent one is null, and so is every member of what is no object.
    #[inline(never)]
    pub fn member(&self, name: &str) -> &Self {
        const NULL: &Tree = &Tree::Null;
        match self {
            Self::Object(members) => {
                members.iter().find(|(known, _)| known == name).map_or(NULL, |(_, value)| value)
            }
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) | Self::List(_) => NULL,
        }
    }

    /// Whether this is an object.
    pub fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }
}

impl From<serde_json::Value> for Tree {
    fn from(value: serde_json::Value) -> Self {
        use serde_json::Value;
        match value {
            Value::Null => Self::Null,
            Value::Bool(flag) => Self::Bool(flag),
            Value::Number(number) => number.as_i64().map_or(Self::Null, Self::Number),
            Value::String(text) => Self::Text(text),
            Value::Array(items) => Self::List(items.into_iter().map(Self::from).collect()),
            Value::Object(members) => {
                Self::Object(members.into_iter().map(|(name, value)| (name, Self::from(value))).collect())
            }
        }
    }
}

/// Parses a text by `serde_json`; for where there is no browser to do it.
pub fn parse(text: &str) -> Option<Tree> {
    serde_json::from_str::<serde_json::Value>(text).ok().map(Tree::from)
}

/// Reads a member of an object.
pub fn field<T: Read>(value: &Tree, name: &str, sound: &mut bool) -> T {
    T::read(value.member(name), sound)
}

/// Reads a member of an object that may be left out.
pub fn field_or_default<T: Read + Default>(value: &Tree, name: &str, sound: &mut bool) -> T {
    match value.member(name) {
        Tree::Null => T::default(),
        given => T::read(given, sound),
    }
}

/// Declares how structures read: each member by its name on the wire, which is the field's unless given. Members after
/// the semicolon may be left out.
#[macro_export]
macro_rules! read_members {
    ($($type:ty { $($field:ident $(= $name:literal)?),* $(,)? $(; $($extra:ident $(= $label:literal)?),* $(,)?)? })+) => { $(
        impl $crate::read::Read for $type {
            fn read(value: &$crate::read::Tree, sound: &mut bool) -> Self {
                *sound &= value.is_object();
                Self {
                    $($field: $crate::read::field(value, $crate::read_members!(@ $field $($name)?), sound),)*
                    $($($extra: $crate::read::field_or_default(
                        value, $crate::read_members!(@ $extra $($label)?), sound,
                    ),)*)?
                }
            }
        }
    )+ };
    (@ $field:ident) => { stringify!($field) };
    (@ $field:ident $name:literal) => { $name };
}

// After the macro, whose scope is textual.
mod types;

/// What is not of the type that was asked for.
fn unsound<T>(sound: &mut bool, instead: T) -> T {
    *sound = false;
    instead
}

impl Read for String {
    fn read(value: &Tree, sound: &mut bool) -> Self {
        if let Tree::Text(text) = value { text.clone() } else { unsound(sound, Self::new()) }
    }
}

impl Read for bool {
    fn read(value: &Tree, sound: &mut bool) -> Self {
        match value {
            Tree::Bool(flag) => *flag,
            Tree::Null | Tree::Number(_) | Tree::Text(_) | Tree::List(_) | Tree::Object(_) => {
                unsound(sound, false)
            }
        }
    }
}

/// A number that fits.
fn number<T: TryFrom<i64> + Default>(value: &Tree, sound: &mut bool) -> T {
    let fits = if let Tree::Number(number) = value { T::try_from(*number).ok() } else { None };
    fits.unwrap_or_else(|| unsound(sound, T::default()))
}

impl Read for i64 {
    fn read(value: &Tree, sound: &mut bool) -> Self {
        number(value, sound)
    }
}

impl Read for u64 {
    fn read(value: &Tree, sound: &mut bool) -> Self {
        number(value, sound)
    }
}

impl Read for u32 {
    fn read(value: &Tree, sound: &mut bool) -> Self {
        number(value, sound)
    }
}

impl Read for u16 {
    fn read(value: &Tree, sound: &mut bool) -> Self {
        number(value, sound)
    }
}

impl<T: Read> Read for Option<T> {
    fn read(value: &Tree, sound: &mut bool) -> Self {
        if matches!(value, Tree::Null) { None } else { Some(T::read(value, sound)) }
    }
}

impl<T: Read> Read for Box<T> {
    fn read(value: &Tree, sound: &mut bool) -> Self {
        Self::new(T::read(value, sound))
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: &Tree, sound: &mut bool) -> Self {
        let mut list = Self::new();
        let Tree::List(items) = value else { return unsound(sound, list) };
        for item in items {
            list.push(T::read(item, sound));
        }
        list
    }
}

impl<T: Read> Read for Map<T> {
    fn read(value: &Tree, sound: &mut bool) -> Self {
        let mut map = Self::new();
        let Tree::Object(members) = value else { return unsound(sound, map) };
        for (name, value) in members {
            map.insert(name.clone(), T::read(value, sound));
        }
        map
    }
}

#[cfg(all(test, feature = "corpus"))]
mod tests;
