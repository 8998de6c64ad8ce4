//! Taking note of a transition: told by a post function, or found by looking.

use super::answer::{Meaning, Moved, answer};
use super::book::{RequestBook, note_search};
use super::say::say;
use crate::app::approval::{self, Transition};
use crate::app::calls::{Asker, Calls};
use crate::app::documents::load;
use crate::app::records::{Requests, Settings};
use crate::app::worker::WorkError;
use crate::atlassian::{
    IssueName, IssueState, issue_with_history, issues_moved_to, read_asking_issue,
    read_found_issues, read_issue,
};
use crate::host::Host;
use crate::model::AccountId;

/// A transition of an issue by a person, told by the platform. Issues that ask for nothing are let be.
///
/// # Errors
/// In words, when Jira, the organization's API or the app's own storage fails; the next look finds what this one missed.
pub async fn transition<H: Host>(
    host: &H,
    issue: &str,
    account: &str,
    meaning: Transition,
) -> Result<(), String> {
    let account = AccountId(account.to_owned());
    let told = async {
        if approval::transition(host, issue, &account, meaning).await? {
            return Ok(());
        }
        let settings: Settings = load(host).await?;
        let Some(requests) = settings.requests else {
            return Ok(());
        };
        let calls = Calls::load(host, Asker::Person).await?;
        take(host, &calls, &requests, issue, Some((&account, meaning))).await?;
        say(host, None).await
    };
    let told: Result<(), WorkError> = told.await;
    told.map_err(|error| error.to_string())
}

/// Looks for issues that were moved to the status that approves, since the call of a post function may be lost, and says what
/// is not said yet.
pub(in crate::app) async fn look<H: Host>(host: &H) -> Result<(), WorkError> {
    let settings: Settings = load(host).await?;
    let Some(requests) = settings.requests else {
        return Ok(());
    };
    let calls = Calls::load(host, Asker::Job).await?;
    let request = issues_moved_to(&requests.project, &requests.approved_status);
    let operation = "searching issues that ask for an access";
    let mut failed = None;
    // What cannot be looked at keeps nobody from the others, nor anything from being said.
    match calls.send(operation, request).await {
        Ok(found) => {
            note_search(host, None).await?;
            for issue in read_found_issues(&found.body)? {
                if let Err(error) = take(host, &calls, &requests, &issue.id, None).await {
                    failed = Some(error);
                }
            }
        }
        // It will be refused again, until somebody does something about it: the page says so.
        Err(error) if error.is_refused_for_good() => {
            note_search(host, Some((requests, error.to_string()))).await?;
        }
        Err(error) => failed = Some(error.into()),
    }
    say(host, None).await?;
    failed.map_or(Ok(()), Err)
}

/// Answers the last transition of an issue, if it was not answered before and is the one that was told.
async fn take<H: Host>(
    host: &H,
    calls: &Calls<'_, H>,
    requests: &Requests,
    issue: &str,
    told: Option<(&AccountId, Transition)>,
) -> Result<(), WorkError> {
    let field = requests.field.as_deref().unwrap_or("reporter");
    let request = issue_with_history(issue, &format!("project,{field}"));
    let operation = "reading an issue that asks for an access";
    let body = calls.send(operation, request).await?.body;
    let state = read_issue(&body)?;
    let asking = read_asking_issue(&body, field)?;
    // One that this app made asks for the approval of a plan, also when that was decided.
    if asking.project != requests.project || state.run.is_some() {
        return Ok(());
    }
    let meaning = meaning_of(told.map(|(_, meaning)| meaning), &state, requests);
    let (Some((change, mover)), Some(meaning)) = (state.moved, meaning) else {
        return Ok(());
    };
    // A call that comes late, when somebody else has moved the issue again, is for nothing.
    let is_by_teller = told.is_none_or(|(account, _)| *account == mover);
    let mut book: RequestBook = load(host).await?;
    if !is_by_teller || !mover.is_plausible() || book.of(issue, &change).is_some() {
        return Ok(());
    }
    let moved = Moved {
        issue: IssueName {
            id: issue.to_owned(),
            key: asking.key,
        },
        change,
        mover,
        status: state.status,
        meaning,
    };
    answer(host, calls, moved, asking.person).await
}

/// What the last transition means, by what was told and by what the issue shows now.
fn meaning_of(
    told: Option<Transition>,
    state: &IssueState,
    requests: &Requests,
) -> Option<Meaning> {
    let is_approved = state.status == requests.approved_status;
    match told {
        None | Some(Transition::Approve) if is_approved => Some(Meaning::Approved),
        // One that was approved and is closed meanwhile asks for nothing.
        Some(Transition::Approve) if !state.is_done => Some(Meaning::Asked),
        Some(Transition::Reject) if !is_approved => Some(Meaning::Rejected),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_says_what_a_transition_means() {
        let requests = Requests {
            project: "HELP".into(),
            approved_status: "Approved".into(),
            field: None,
        };
        let told = [None, Some(Transition::Approve), Some(Transition::Reject)];
        for (status, is_done, expected) in [
            (
                "Approved",
                false,
                [Some(Meaning::Approved), Some(Meaning::Approved), None],
            ),
            (
                "Approved",
                true,
                [Some(Meaning::Approved), Some(Meaning::Approved), None],
            ),
            (
                "Submitted",
                false,
                [None, Some(Meaning::Asked), Some(Meaning::Rejected)],
            ),
            ("Declined", true, [None, None, Some(Meaning::Rejected)]),
        ] {
            let state = IssueState {
                status: status.into(),
                is_done,
                run: None,
                plan: None,
                files: Vec::new(),
                moved: None,
            };
            let meant = told.map(|told| meaning_of(told, &state, &requests));
            assert_eq!(meant, expected, "{status} {is_done}");
        }
    }
}
