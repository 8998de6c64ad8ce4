//! The field's own words as types: time, ids, a person's states, and what is known of their activity.

mod action;
mod activity;
mod ids;
mod status;
mod time;
mod truth;

pub use action::Action;
pub use activity::Activity;
pub use ids::{AccountId, DirectoryId, GroupId, Resource, group_uuid, is_uuid};
pub use status::{AccountType, Claim, ManagedBy, ProfileField, Status};
pub use time::{DAY, HOUR, Time};
pub use truth::Truth;
