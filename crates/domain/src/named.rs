//! Enums whose values have names in the database, in configuration and on the wire.

#[cfg(test)]
mod tests;

/// No value of the enum has this name. In a database that is corruption, in a request a mistake of the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a name of {of}")]
pub struct UnknownName {
    /// The enum.
    pub of: &'static str,
}

/// Declares an enum whose values are read and written by name, the same everywhere: `as_str`, `parse` and serde.
macro_rules! named {
    ($(#[$enum_meta:meta])* pub enum $name:ident { $($(#[$meta:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$enum_meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$meta])* #[serde(rename = $text)] $variant,)+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// The value with exactly this name.
            pub fn parse(text: &str) -> Result<Self, $crate::named::UnknownName> {
                let found = Self::ALL.iter().copied().find(|value| value.as_str() == text);
                found.ok_or($crate::named::UnknownName { of: stringify!($name) })
            }
        }
    };
}

pub(crate) use named;
