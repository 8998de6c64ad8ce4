//! What others did to people, for the page.

use super::error::AdminError;
use super::{Answer, NamedChange, Unexplained};
use crate::app::documents::load;
use crate::app::foreign::UnexplainedBook;
use crate::app::newest_snapshot;
use crate::host::Host;

/// The changes that are not in the log, with names where the newest snapshot knows them.
pub(super) async fn changes<H: Host>(host: &H) -> Result<Answer, AdminError> {
    let book: UnexplainedBook = load(host).await?;
    let newest = match book.changes.is_empty() {
        true => None,
        false => newest_snapshot(host).await?,
    };
    let changes = book
        .changes
        .into_iter()
        .map(|change| {
            let name = newest.as_ref().and_then(|(_, snapshot)| {
                let row = snapshot.find(&change.account, &change.directory)?;
                snapshot.name(row).map(String::from)
            });
            NamedChange { change, name }
        })
        .collect();
    Ok(Answer::Unexplained(Unexplained { changes }))
}
