//! What stays of a list that was dropped: who edited it last, and how long it was. Else whoever drops a list and imports it
//! again would be nobody who edited it (RULES R9), and the new one would have lost nothing (RULES R11).

use super::{ListBook, StoredList};
use crate::app::documents::PolicyBook;
use crate::app::records::Edit;

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
    pub(super) fn drop_list(&mut self, mut list: StoredList, edited: Edit, policies: &PolicyBook) {
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
