//! What happens to each person a policy matches.

use std::collections::BTreeMap;

use super::person::{Before, Counts, Fate, Person};
use super::shelter::{Exempted, Protections, Shelter, shelter};
use crate::evaluate::{Compiled, Reach};
use crate::model::{AccountId, Status, Truth};
use crate::snapshot::{Row, Snapshot};

/// Everything a decision rests on besides the policy and the snapshot.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The exemptions in force.
    pub exempted: &'a Exempted,
    /// The protections in force.
    pub protections: &'a Protections,
    /// People who belong to another run, each with the reason to skip them here (RULES R7).
    pub taken: &'a BTreeMap<AccountId, String>,
}

/// What is decided for one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Where they end.
    pub fate: Fate,
    /// Why.
    pub reason: String,
}

/// Decides for one person, or says nothing where the policy does not match. The same function plans a run and decides
/// again on the reading before each action (RULES R6).
pub fn decide(
    compiled: &Compiled<'_>,
    snapshot: &Snapshot,
    row: Row,
    ground: &Ground<'_>,
) -> Option<Verdict> {
    let verdict = |fate, reason: String| Some(Verdict { fate, reason });
    match compiled.verdict(row) {
        Truth::False => return None,
        Truth::Unknown => return verdict(Fate::Unknown, compiled.unknown_reason(row)),
        Truth::True => {}
    }
    match shelter(snapshot, row, ground.exempted, ground.protections) {
        Some(Shelter::Exempt(reason)) => return verdict(Fate::Exempt, reason.to_owned()),
        Some(Shelter::Protected(reason)) => return verdict(Fate::Protected, reason.to_owned()),
        None => {}
    }
    match snapshot.status(row) {
        Some(Status::Active) => {}
        Some(status) => {
            let reason = format!("nothing to suspend: the status is {}", status.name());
            return verdict(Fate::Skipped, reason);
        }
        None => return verdict(Fate::Unknown, String::from("the status is not known")),
    }
    match compiled.reach(row) {
        Reach::Unused => {}
        Reach::InUse(time) => {
            let reason = format!("active-elsewhere: {}", compiled.seen_sentence(time));
            return verdict(Fate::Skipped, reason);
        }
        Reach::Unknown => return verdict(Fate::Unknown, compiled.activity_gap(row)),
    }
    if let Some(reason) = snapshot
        .account(row)
        .and_then(|account| ground.taken.get(account))
    {
        return verdict(Fate::Skipped, reason.clone());
    }
    verdict(Fate::Planned, compiled.reason(row))
}

/// Decides for everybody in a snapshot: the people of the plan in the snapshot's order, and the counts.
pub fn plan(
    compiled: &Compiled<'_>,
    snapshot: &Snapshot,
    ground: &Ground<'_>,
) -> (Vec<Person>, Counts) {
    let mut counts = Counts {
        users: u32::try_from(snapshot.len()).unwrap_or(u32::MAX),
        ..Counts::default()
    };
    let mut people = Vec::new();
    for row in snapshot.rows() {
        let (Some(verdict), Some(account), Some(directory)) = (
            decide(compiled, snapshot, row, ground),
            snapshot.account(row),
            snapshot.directory(row),
        ) else {
            continue;
        };
        counts.add(verdict.fate);
        people.push(Person {
            account: account.clone(),
            directory: directory.clone(),
            fate: verdict.fate,
            reason: verdict.reason,
            before: Before {
                status: snapshot.status(row),
                last_seen: compiled.last_seen(row),
            },
        });
    }
    (people, counts)
}
