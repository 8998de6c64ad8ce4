//! What stays of a list that was dropped: who edited it last, and how long it was. Else whoever drops a list and imports it
//! again would be nobody who edited it (RULES R9), and the new one would have lost nothing (RULES R11).

use super::{ListBook, StoredList, sweep};
use crate::app::commit::{Change, commit};
use crate::app::documents::{PolicyBook, edit, load, set};
use crate::app::records::Edit;
use crate::audit::Entry;
use crate::host::{Host, StorageError};
use crate::model::AccountId;

/// Forgets a list; whether there was one. Who did so and how long it was is kept as long as a policy names it.
pub(in crate::app) async fn forget_list(
    host: &impl Host,
    by: &AccountId,
    name: &str,
    entry: &dyn Fn(&StoredList) -> Entry,
) -> Result<bool, StorageError> {
    let was_there = commit::<_, StorageError>(host, async || {
        let mut book: ListBook = load(host).await?;
        let mut known = book.lists.iter();
        let Some(place) = known.position(|list| list.name == name) else {
            return Ok((Change::default(), false));
        };
        let old = book.lists.remove(place);
        let entries = vec![entry(&old)];
        let policies: PolicyBook = load(host).await?;
        book.leave(old.id.clone(), old.parts);
        book.remember(old, edit(by, host.now()), &policies);
        let writes = vec![set(&book)?];
        Ok((Change { entries, writes }, true))
    })
    .await?;
    sweep(host).await?;
    Ok(was_there)
}

impl ListBook {
    /// Who imported or dropped the list of a name last, and when.
    pub(in crate::app) fn edited(&self, name: &str) -> Option<Edit> {
        let mut lists = self.lists.iter().chain(&self.dropped);
        let list = lists.find(|list| list.name == name)?;
        Some(Edit {
            by: list.by.clone(),
            at: list.edited,
        })
    }

    /// Remembers a list that was dropped, without its members, and forgets those that no policy names any more: the text
    /// that names one again is looked at by a second person.
    fn remember(&mut self, mut list: StoredList, edited: Edit, policies: &PolicyBook) {
        list.by = edited.by;
        list.edited = edited.at;
        list.parts = 0;
        self.dropped.push(list);
        self.dropped.retain(|list| is_named(&list.name, policies));
    }

    /// A list comes in where there is none of its name: it follows the one that was dropped, if that is known.
    pub(super) fn follow_dropped(&mut self, list: &mut StoredList) {
        let mut dropped = self.dropped.iter();
        if let Some(place) = dropped.position(|dropped| dropped.name == list.name) {
            let old = self.dropped.remove(place);
            list.follow(&old);
        }
    }
}

fn is_named(name: &str, policies: &PolicyBook) -> bool {
    let mut policies = policies.policies.iter();
    policies.any(|stored| stored.policy.r#match.own_names().lists.contains(&name))
}
