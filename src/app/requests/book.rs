//! Which transitions of which issues were answered, and what is still to be said on the issues: kept here, strongly read.

use serde::{Deserialize, Serialize};

use crate::app::commit::Change;
use crate::app::documents::{Document, load, set};
use crate::app::records::{Approved, Requests, Run, Warning};
use crate::atlassian::IssueName;
use crate::host::{Host, StorageError};
use crate::model::AccountId;

/// The most transitions that are remembered. Of an issue only the last one is ever looked at, so an old one comes no more.
const MOST: usize = 200;

/// The transitions that were answered, the newest last.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct RequestBook {
    pub(super) answered: Vec<Answered>,
}

impl Document for RequestBook {
    const KEY: &'static str = "requests";
}

/// One of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Answered {
    /// The issue.
    pub(super) issue: IssueName,
    /// The change of its status.
    pub(super) change: String,
    /// The run that gives the access back, until its end is said on the issue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) run: Option<String>,
    /// What is to be said on the issue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) say: Option<String>,
}

impl RequestBook {
    /// Where a transition was answered.
    pub(super) fn of(&mut self, issue: &str, change: &str) -> Option<&mut Answered> {
        let mut answered = self.answered.iter_mut();
        answered.find(|one| one.issue.id == issue && one.change == change)
    }

    /// Remembers one more. Of too many, the oldest goes of which nothing is to be said any more.
    pub(super) fn note(&mut self, answered: Answered) {
        if self.answered.len() >= MOST {
            let is_over = |one: &Answered| one.run.is_none() && one.say.is_none();
            let oldest = self.answered.iter().position(is_over);
            self.answered.remove(oldest.unwrap_or(0));
        }
        self.answered.push(answered);
    }
}

/// Why Jira refused the last search for issues that were moved, until one is answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SearchBook {
    /// With the settings that were searched for: others may find something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) refused: Option<(Requests, String)>,
}

impl Document for SearchBook {
    const KEY: &'static str = "requests-search";
}

/// Keeps how a search for issues ended, where that is another end than the last one.
pub(super) async fn note_search<H: Host>(
    host: &H,
    refused: Option<(Requests, String)>,
) -> Result<(), StorageError> {
    let book: SearchBook = load(host).await?;
    let now = SearchBook { refused };
    if book != now {
        host.transact(vec![set(&now)?]).await?;
    }
    Ok(())
}

/// What is wrong where Jira refuses to look for issues that ask for an access back.
pub(in crate::app) async fn search_warning<H: Host>(
    host: &H,
    requests: &Requests,
) -> Result<Option<Warning>, StorageError> {
    let SearchBook { refused } = load(host).await?;
    let same = refused.filter(|(searched, _)| searched == requests);
    Ok(same.map(|(_, why)| Warning {
        code: String::from("requests-refused"),
        text: format!("issues that ask for an access back are not looked for: {why}"),
        hint: String::from(
            "see whether the project and its approving status are still called so and the app may browse the project, then save them again under requests in jira in the settings",
        ),
    }))
}

/// A transition of an issue that asks for an access back.
#[derive(Clone, Debug)]
pub(in crate::app) struct Requested {
    /// The issue.
    pub(in crate::app) issue: IssueName,
    /// The change of its status.
    pub(in crate::app) change: String,
    /// Who made it.
    pub(in crate::app) mover: AccountId,
    /// Their approval, if it is one.
    pub(in crate::app) approval: Option<Approved>,
}

/// Adds to a change that a run was begun for a transition. False where the transition was answered before.
pub(in crate::app) async fn note_begun<H: Host>(
    host: &H,
    change: &mut Change,
    requested: &Requested,
    run: &Run,
) -> Result<bool, StorageError> {
    let mut book: RequestBook = load(host).await?;
    if book.of(&requested.issue.id, &requested.change).is_some() {
        return Ok(false);
    }
    book.note(Answered {
        issue: requested.issue.clone(),
        change: requested.change.clone(),
        run: Some(run.id.clone()),
        say: run.approval_wanted.map(|_| {
            let why = match requested.approval {
                Some(_) => "every seat is taken, so a second person",
                None => "somebody who may approve",
            };
            format!("Seatkeeper: {why} decides whether the access is given back.")
        }),
    });
    change.writes.push(set(&book)?);
    Ok(true)
}

/// Adds to a change that another run goes on with what one gave back: its end is the one to be said.
pub(in crate::app) async fn note_further<H: Host>(
    host: &H,
    change: &mut Change,
    before: &str,
    run: &Run,
) -> Result<(), StorageError> {
    let mut book: RequestBook = load(host).await?;
    let mut answered = book.answered.iter_mut();
    if let Some(one) = answered.find(|one| one.run.as_deref() == Some(before)) {
        one.run = Some(run.id.clone());
        change.writes.push(set(&book)?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_bounded_and_forgets_first_of_what_nothing_is_to_be_said() {
        let mut book = RequestBook::default();
        for number in 0..MOST + 10 {
            book.note(Answered {
                issue: IssueName {
                    id: number.to_string(),
                    key: format!("HELP-{number}"),
                },
                change: String::from("1"),
                run: (number == 3).then(|| String::from("run")),
                say: None,
            });
        }
        assert_eq!(book.answered.len(), MOST);
        for (number, is_there) in [(0, false), (3, true), (10, false), (11, true), (209, true)] {
            let found = book.of(&number.to_string(), "1").is_some();
            assert_eq!(found, is_there, "{number}");
        }
        assert!(book.of("3", "2").is_none());
    }
}
