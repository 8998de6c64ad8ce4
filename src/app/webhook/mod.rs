//! The webhook: an address of the administrators' own to which the news goes, signed, and again where it did not arrive
//! (docs/decisions/0016).

mod address;
mod book;
mod sending;

pub(super) use address::host_of;
pub(super) use book::{WebhookBook, address_of, joined};
pub(super) use sending::{Failure, Telling, send};
