//! Changing the news.

use super::book::NewsBook;
use crate::app::boxed::Boxed;
use crate::app::commit::{Change, commit};
use crate::app::documents::{load, set};
use crate::audit::Entry;
use crate::host::Host;

/// Changes the news, with an entry of the log where there is one to make. The edit is made anew whenever somebody else came
/// first. Boxed, so that its code is there once.
pub(super) fn change<'h, H: Host>(
    host: &'h H,
    edit: &'h mut dyn FnMut(&mut NewsBook) -> Option<Entry>,
) -> Boxed<'h, ()> {
    Box::pin(async move {
        commit(host, async || {
            let mut book: NewsBook = load(host).await?;
            let before = book.clone();
            let mut change = Change::default();
            change.entries.extend(edit(&mut book));
            if book != before {
                book.fit();
                change.writes.push(set(&book)?);
            }
            Ok((change, ()))
        })
        .await
    })
}
