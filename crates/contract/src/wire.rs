//! Enumerations that survive a newer peer: text on the wire, a closed enum in the code.

/// Declares an enum whose variants are fixed strings on the wire.
///
/// Unknown text reads as the variant named after `unknown`, so a newer backend never breaks an older page.
/// Gives `as_str`, `ALL`, `Serialize` and `Deserialize`, and the schema when schemas are generated.
macro_rules! wire_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident, unknown $fallback:ident {
            $( $(#[$variant_meta:meta])* $variant:ident = $text:literal ),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $( $(#[$variant_meta])* $variant ),+
        }

        #[cfg(feature = "generate")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                $crate::wire::text_schema(Self::ALL.iter().map(|value| value.as_str()))
            }
        }

        #[cfg(feature = "generate")]
        impl utoipa::ToSchema for $name {}

        impl $name {
            /// Every value, in the order of the registry.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The text on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// Reads the text of the wire; text that this version does not know gives the fallback.
            pub fn read(text: &str) -> Self {
                match text { $($text => Self::$variant,)+ _ => Self::$fallback }
            }
        }

        impl $crate::read::Read for $name {
            fn read(value: &$crate::read::Tree, sound: &mut bool) -> Self {
                $name::read(&<String as $crate::read::Read>::read(value, sound))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as serde::Deserialize>::deserialize(deserializer).map(|text| Self::read(&text))
            }
        }
    };
}

/// The schema of a wire enumeration: the texts of this version. A reader takes others too.
#[cfg(feature = "generate")]
pub(crate) fn text_schema(
    values: impl Iterator<Item = &'static str>,
) -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
    utoipa::openapi::schema::ObjectBuilder::new()
        .schema_type(utoipa::openapi::schema::Type::String)
        .description(Some("Later minor versions add values; a reader takes values that it does not know."))
        .enum_values(Some(values))
        .into()
}
