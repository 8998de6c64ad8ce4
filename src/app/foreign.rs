//! What readings showed that others did: suspensions and restorations that are not in our log (RULES R18).

use serde::{Deserialize, Serialize};

use super::documents::{Document, load};
use super::records::{ForeignAct, UnexplainedChange};
use crate::host::{Host, StorageError};
use crate::model::{AccountId, DAY, Time};
use crate::planted::{Fault, planted};

/// The most changes that are kept.
pub(super) const MAX_CHANGES: usize = 1_000;
/// The longest text of them all: a stored value holds 240 KiB.
const MAX_BYTES: usize = 220_000;
/// What a change takes in storage besides its ids.
const BYTES_BESIDES_IDS: usize = 115;
/// How long a change is worth a warning.
const RECENT_DAYS: i64 = 30;
/// The changes, newest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct UnexplainedBook {
    pub(super) changes: Vec<UnexplainedChange>,
}

impl Document for UnexplainedBook {
    const KEY: &'static str = "unexplained";
}

/// How many there were lately.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Recent {
    pub(in crate::app) suspended: u32,
    pub(super) restored: u32,
}

impl UnexplainedBook {
    /// How many of the last 30 days are kept.
    pub(super) fn recent(&self, now: Time) -> Recent {
        let mut recent = Recent::default();
        for change in &self.changes {
            if now.since(change.before) >= RECENT_DAYS * DAY {
                continue;
            }
            match change.act {
                ForeignAct::Suspended => recent.suspended += 1,
                ForeignAct::Restored => recent.restored += 1,
            }
        }
        recent
    }

    /// Whether the same change since the same time is known.
    pub(super) fn tells_of(&self, change: &UnexplainedChange) -> bool {
        self.changes.iter().any(|known| {
            known.account == change.account
                && known.directory == change.directory
                && known.act == change.act
                && known.before >= change.after
        })
    }

    /// Puts new changes before the others and lets the oldest go.
    pub(super) fn put(&mut self, mut new: Vec<UnexplainedChange>) {
        new.append(&mut self.changes);
        let mut bytes = 0_usize;
        let fitting = new.iter().take(MAX_CHANGES).take_while(|change| {
            let ids = change.account.as_str().len() + change.directory.as_str().len();
            bytes = bytes.saturating_add(ids + BYTES_BESIDES_IDS);
            bytes <= MAX_BYTES
        });
        let kept = fitting.count();
        new.truncate(kept);
        self.changes = new;
    }

    /// Whether a reading showed that somebody else suspended or restored a person since: how they stand now is not our doing.
    pub(super) fn was_changed_since(&self, account: &AccountId, since: Time) -> bool {
        let mut changes = self.changes.iter();
        changes.any(|change| change.account == *account && change.before > since)
            && !planted(Fault::OthersForgotten)
    }
}

/// Whether the last that others did to a person since, as readings showed it, was to restore them.
pub(super) async fn restored_since(
    host: &impl Host,
    account: &AccountId,
    since: Time,
) -> Result<bool, StorageError> {
    let book: UnexplainedBook = load(host).await?;
    let mut changes = book.changes.iter();
    let newest = changes.find(|change| change.account == *account && change.before > since);
    Ok(newest.is_some_and(|change| change.act == ForeignAct::Restored))
}

/// Whether others suspended or restored a person since, as readings showed it.
pub(super) async fn changed_since(
    host: &impl Host,
    account: &AccountId,
    since: Time,
) -> Result<bool, StorageError> {
    let book: UnexplainedBook = load(host).await?;
    Ok(book.was_changed_since(account, since))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::DirectoryId;

    /// A change between the first and the second reading.
    pub(in crate::app) fn changed(account: &str, act: ForeignAct) -> UnexplainedChange {
        UnexplainedChange {
            account: AccountId(account.into()),
            directory: DirectoryId("d".into()),
            act,
            after: Time(1),
            before: Time(2),
        }
    }

    #[test]
    fn the_newest_are_kept_and_fit_into_one_value() {
        let many = |length: usize| -> Vec<UnexplainedChange> {
            (0..3_000)
                .map(|number| changed(&format!("{number:0length$}"), ForeignAct::Suspended))
                .collect()
        };
        let mut book = UnexplainedBook::default();
        book.put(vec![changed("old", ForeignAct::Restored)]);
        book.put(vec![changed("new", ForeignAct::Restored)]);
        assert_eq!(book.changes[0].account.0, "new");
        book.put(many(40));
        assert_eq!(book.changes.len(), MAX_CHANGES);
        book.put(many(128));
        let text = serde_json::to_string(&book).unwrap();
        assert!(
            (150_000..240 * 1_024).contains(&text.len()),
            "{}",
            text.len()
        );
    }

    #[test]
    fn only_what_a_later_reading_showed_of_the_person_counts() {
        let mut book = UnexplainedBook::default();
        book.put(vec![changed("a", ForeignAct::Suspended)]);
        for (account, since, expected) in [("a", 1, true), ("a", 2, false), ("b", 1, false)] {
            let was = book.was_changed_since(&AccountId(account.into()), Time(since));
            assert_eq!(was, expected, "{account} {since}");
        }
    }
}
