//! Whom exempt domains and patterns sheltered when a run was planned last: one that sheltered people then and shelters
//! nobody now holds the run, until a person looks at it (RULES R4).

use serde::{Deserialize, Serialize};

use super::commit::Change;
use super::documents::{Document, ExemptionBook, load, set};
use super::records::{ExemptionSubject, Run, RunState};
use super::worker::{WorkError, Worker};
use crate::host::{Host, StorageError, Write};
use crate::model::Time;
use crate::plan::{Census, GuardCode};
use crate::snapshot::Snapshot;

/// What each pattern sheltered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ShelteredBook {
    patterns: Vec<Sheltered>,
}

impl Document for ShelteredBook {
    const KEY: &'static str = "sheltered";
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sheltered {
    subject: ExemptionSubject,
    /// How many people it sheltered when it did last; 0 once a person let a run go on without them.
    people: u32,
    /// Since when it is seen to shelter nobody.
    empty_since: Option<Time>,
}

/// A pattern that shelters nobody any more, and how many it sheltered before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Emptied {
    /// Which.
    pub(super) subject: ExemptionSubject,
    /// How many people it sheltered.
    pub(super) before: u32,
}

impl ShelteredBook {
    /// Takes the counts of a new snapshot. Answers what shelters nobody any more.
    fn count(
        &mut self,
        exemptions: &ExemptionBook,
        census: &Census<'_>,
        now: Time,
    ) -> Vec<Emptied> {
        let mut patterns = Vec::new();
        let mut emptied = Vec::new();
        for exemption in &exemptions.exemptions {
            if exemption.subject.pattern().is_none() || exemption.is_over(now) {
                continue;
            }
            let people = exemption.sheltered(census);
            let known = self
                .patterns
                .iter()
                .find(|known| known.subject == exemption.subject);
            let sheltered = match known {
                Some(known) if people == 0 && known.people > 0 => {
                    emptied.push(Emptied {
                        subject: known.subject.clone(),
                        before: known.people,
                    });
                    Sheltered {
                        empty_since: known.empty_since.or(Some(now)),
                        ..known.clone()
                    }
                }
                _ => Sheltered {
                    subject: exemption.subject.clone(),
                    people,
                    empty_since: None,
                },
            };
            patterns.push(sheltered);
        }
        self.patterns = patterns;
        emptied
    }

    /// Takes it that what was seen empty until then is so.
    fn accept(&mut self, until: Time, was_shown: &dyn Fn(&ExemptionSubject) -> bool) {
        for pattern in &mut self.patterns {
            let was_empty = pattern.empty_since.is_some_and(|since| since <= until);
            if was_empty && was_shown(&pattern.subject) {
                pattern.people = 0;
                pattern.empty_since = None;
            }
        }
    }
}

/// Counts whom the patterns shelter in the snapshot that runs are planned on. Answers those that sheltered people before and
/// shelter nobody now; killed in between, the next call answers the same.
pub(super) async fn emptied<H: Host>(
    worker: &Worker<'_, H>,
    exemptions: &ExemptionBook,
    snapshot: &Snapshot,
) -> Result<Vec<Emptied>, WorkError> {
    let mut patterns = exemptions.exemptions.iter();
    if patterns.all(|exemption| exemption.subject.pattern().is_none()) {
        return Ok(Vec::new());
    }
    let census = Census::of(snapshot);
    worker
        .commit(async || {
            let before: ShelteredBook = load(worker.host).await?;
            let mut book = before.clone();
            let emptied = book.count(exemptions, &census, worker.host.now());
            let mut change = Change::default();
            if book != before {
                change.writes.push(set(&book)?);
            }
            Ok((change, emptied))
        })
        .await
}

/// What a release of a run changes here: that patterns shelter nobody was shown, and accepted.
pub(super) async fn accepted(host: &impl Host, run: &Run) -> Result<Option<Write>, StorageError> {
    let is_emptied = run
        .guards
        .iter()
        .any(|guard| guard.code == GuardCode::ExemptionEmpty);
    if !is_emptied || run.state != RunState::Held {
        return Ok(None);
    }
    let exemptions: ExemptionBook = load(host).await?;
    let was_shown = |subject: &ExemptionSubject| {
        let mut exemptions = exemptions.exemptions.iter();
        exemptions.any(|known| known.subject == *subject && known.is_for(&run.policy.id))
    };
    let mut book: ShelteredBook = load(host).await?;
    book.accept(run.since, &was_shown);
    set(&book).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::documents::{StoredExemption, edit};
    use crate::model::{AccountId, DirectoryId};
    use crate::snapshot::UserRecord;

    fn domain(name: &str) -> ExemptionSubject {
        ExemptionSubject::Domain {
            domain: name.into(),
        }
    }

    fn exemptions(domains: &[&str]) -> ExemptionBook {
        let exemption = |name: &&str| StoredExemption {
            subject: domain(name),
            group_name: None,
            reason: String::new(),
            added: edit(&AccountId(String::new()), Time(0)),
            owner: None,
            expires: Some(Time(1_000)),
            policies: Vec::new(),
            lapsed: false,
        };
        ExemptionBook {
            exemptions: domains.iter().map(exemption).collect(),
            ..ExemptionBook::default()
        }
    }

    fn people(emails: &[&str]) -> Snapshot {
        let mut snapshot = Snapshot::new();
        for email in emails {
            snapshot.push(&UserRecord {
                email: Some((*email).into()),
                ..UserRecord::unknown(AccountId((*email).into()), DirectoryId("d".into()))
            });
        }
        snapshot
    }

    #[test]
    fn a_pattern_that_sheltered_somebody_and_nobody_now_is_told_until_it_is_accepted() {
        let exempt = exemptions(&["one", "two"]);
        let mut book = ShelteredBook::default();
        let told = |book: &mut ShelteredBook, emails: &[&str], now: i64| -> Vec<(String, u32)> {
            let snapshot = people(emails);
            let emptied = book.count(&exempt, &Census::of(&snapshot), Time(now));
            let told = emptied.into_iter();
            told.map(|each| (each.subject.label(), each.before))
                .collect()
        };
        let one = vec![(String::from("domain:one"), 2)];
        // `two` never sheltered anybody: there is nothing to miss.
        assert_eq!(told(&mut book, &["a@one", "b@one"], 1), []);
        assert_eq!(told(&mut book, &["a@else"], 2), one);
        // Rejected or killed, it is told again.
        assert_eq!(told(&mut book, &["a@else"], 3), one);
        // What became empty after the run was held was not shown with it.
        book.accept(Time(1), &|_| true);
        assert_eq!(told(&mut book, &[], 4), one);
        book.accept(Time(2), &|_| true);
        assert_eq!(told(&mut book, &[], 5), []);
        assert_eq!(told(&mut book, &["a@one"], 6), []);
        assert_eq!(told(&mut book, &[], 7), [(String::from("domain:one"), 1)]);
        // Whoever comes back settles it.
        assert_eq!(told(&mut book, &["a@one"], 8), []);
        // Over, it shelters nobody by its own date.
        assert_eq!(told(&mut book, &[], 1_001), []);
    }

    #[test]
    fn an_exemption_that_was_taken_back_is_not_missed() {
        let mut book = ShelteredBook::default();
        let snapshot = people(&["a@one"]);
        let census = Census::of(&snapshot);
        assert_eq!(book.count(&exemptions(&["one"]), &census, Time(1)), []);
        let nobody = people(&[]);
        let census = Census::of(&nobody);
        assert_eq!(book.count(&exemptions(&[]), &census, Time(2)), []);
        assert_eq!(book, ShelteredBook::default());
    }
}
