//! Links in messages: what they say, what signs them, and who used which.

mod forget;
mod kept;
mod signing_key;
mod token;

pub(super) use forget::forget;
pub(super) use kept::{KeepUse, kept, part_of};
pub(super) use signing_key::{new_key, or_new as signing_key_or_new, signing_key};
pub(super) use token::{Purpose, Token, mac};
