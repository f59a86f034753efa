//! How a policy out of a configuration says that one of its values is out of bounds.

/// A configured value is out of the bounds that security rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field} must be {bound}")]
pub struct BoundError {
    /// The name of the field, as in the configuration.
    pub field: &'static str,
    /// What it must be, in words that follow "must be".
    pub bound: &'static str,
}

/// Passes if `holds`, else names the field and its bound.
pub(crate) fn require(holds: bool, field: &'static str, bound: &'static str) -> Result<(), BoundError> {
    if holds { Ok(()) } else { Err(BoundError { field, bound }) }
}
