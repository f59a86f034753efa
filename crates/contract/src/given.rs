//! What a request says of a member that can be taken away.

use serde::{Deserialize, Deserializer};

/// A member of a request: not named, `null`, or a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Given<T> {
    /// Not named: it stays as it is.
    #[default]
    Absent,
    /// `null`: it is taken away.
    Nothing,
    /// It becomes this.
    Value(T),
}

impl<T> Given<T> {
    /// What it is afterwards.
    #[must_use]
    pub fn or(self, before: Option<T>) -> Option<T> {
        match self {
            Self::Absent => before,
            Self::Nothing => None,
            Self::Value(value) => Some(value),
        }
    }

    /// The same, made into something else; what is wrong with it is told.
    pub fn try_map<U, E>(self, make: impl FnOnce(T) -> Result<U, E>) -> Result<Given<U>, E> {
        Ok(match self {
            Self::Absent => Given::Absent,
            Self::Nothing => Given::Nothing,
            Self::Value(value) => Given::Value(make(value)?),
        })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Given<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Nothing, Self::Value))
    }
}
