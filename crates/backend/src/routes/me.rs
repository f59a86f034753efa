//! `{me}`: the access panel of the signed-in person. Every answer is scoped to one organization in which the proven
//! identity is a user; what belongs to another is not found (S103, S104).

pub mod activity;
pub mod apps;
pub mod consents;
pub mod context;
pub mod organizations;
pub mod profile;
