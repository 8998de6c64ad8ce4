//! Taking a run back: for each person the inverse acts in the inverse order, and what cannot be undone.

use super::act::{Act, DirectRole};
use super::hindrance::Hindrance;
use super::person::{Before, Fate, Person};
use super::reached::reached_with;
use crate::model::{GroupId, Status, Truth};
use crate::snapshot::{Row, Snapshot};

/// What a run did to one person.
#[derive(Clone, Copy, Debug)]
pub struct Undoing<'a> {
    /// The person as the plan had them.
    pub person: &'a Person,
    /// How many of the acts were done.
    pub done: usize,
    /// The direct roles that were taken with them.
    pub roles: &'a [DirectRole],
    /// Groups that the last of them left as they were.
    pub untouched: &'a [GroupId],
}

/// The line of an undo's plan for a person: the inverse of everything that was done and can be undone.
pub fn undo(undoing: &Undoing<'_>) -> Person {
    let mut acts = Vec::new();
    let mut lost = Vec::new();
    let done = undoing.person.acts.iter().take(undoing.done);
    for (number, act) in done.enumerate().rev() {
        let inverse = act.inverse(undoing.roles);
        match inverse {
            Ok(act) if number + 1 == undoing.done => acts.extend(act.without(undoing.untouched)),
            Ok(act) => acts.push(act),
            Err(why) => lost.push(format!("{}: {why}", act.name())),
        }
    }
    let (fate, reason) = match (acts.is_empty(), lost.is_empty()) {
        (true, true) => (
            Fate::Skipped,
            String::from("nothing was done to the person"),
        ),
        (true, false) => (Fate::Skipped, lost.join("; ")),
        (false, true) => (Fate::Planned, String::from("taken back")),
        (false, false) => {
            let text = format!("taken back as far as possible; {}", lost.join("; "));
            (Fate::Planned, text)
        }
    };
    let undone = undoing.person;
    let (account, directory) = (undone.account.clone(), undone.directory.clone());
    Person {
        acts,
        before: Before {
            last_seen: undone.before.last_seen,
            groups: undone.before.groups.clone(),
            ..Before::default()
        },
        ..Person::new(account, directory, fate, reason)
    }
}

/// Whether what an act took is still as it was left, so that nobody else's change is undone (RULES R18). `roles` says whether
/// the direct roles that the act gives are there.
///
/// # Errors
/// What somebody else changed, or that it is not known.
pub fn undo_fits(act: &Act, snapshot: &Snapshot, row: Row, roles: Truth) -> Result<(), Hindrance> {
    let left_as: Option<&[Status]> = match act {
        Act::Restore => Some(&[Status::Suspended]),
        Act::Reactivate => Some(&[Status::Deactivated]),
        Act::CancelDelete => Some(&[Status::ForDeletion]),
        _ => None,
    };
    if let Some(left_as) = left_as {
        return match snapshot.status(row) {
            Some(status) if left_as.contains(&status) => Ok(()),
            Some(status) => Err(changed(&format!("the status is {}", status.name()))),
            None => Err(Hindrance::Unknown(String::from("the status is not known"))),
        };
    }
    match reached_with(act, snapshot, row, roles) {
        Truth::False => Ok(()),
        Truth::True => Err(changed("it is there already")),
        Truth::Unknown => Err(Hindrance::Unknown(String::from(
            "it is not known whether it is as it was left",
        ))),
    }
}

/// How the reason begins of whoever is not as a run left them: nothing of that run is there to take back any more, whatever is
/// done to them later.
pub const CHANGED_SINCE: &str = "somebody changed it since";

fn changed(what: &str) -> Hindrance {
    Hindrance::impossible(format!("{CHANGED_SINCE}: {what}"))
}
