//! What jobs use the organization's key for, as entries of the log: one for each whole reading and one for each run that acts.
//! What a person at the page does with the key's help has an entry of its own.

use super::documents::{ConnectionBook, load};
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::{Host, StorageError};

/// The entry that a job uses the key from now on, on behalf of the key's owner.
pub(super) async fn key_used<H: Host>(host: &H, what_for: &str) -> Result<Entry, StorageError> {
    let book: ConnectionBook = load(host).await?;
    let owner = book.connection.map(|connection| connection.owner.0);
    Ok(Entry {
        on_behalf_of: owner,
        reason: Some(what_for.to_owned()),
        ..Entry::new(
            host.now(),
            &Actor::Schedule,
            LogAction::UseKey,
            Outcome::Done,
        )
    })
}
