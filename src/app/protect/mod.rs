//! Protections that an administrator of the organization may switch on besides those that always hold: people who answer
//! for something on this site's Jira, and accounts of which an API token was used lately.
//!
//! What Jira says is kept for an hour: it is read when a plan is made, and again before a batch when it is older than that.
//! Tokens are asked for person by person, once when everything else is decided and once more right before the act.
//! What cannot be told protects (RULES R4).

mod duties;
mod holders;
mod kept;
mod reading;
mod tokens;

pub(super) use duties::{duties, must_read};
pub(super) use kept::{accounts, forget, shown};
pub(super) use tokens::{spare_token_users, token_users, used as token_use};
