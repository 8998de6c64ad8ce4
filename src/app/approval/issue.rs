//! Decisions by the workflow of an issue: told by its post function, or found by looking.

use super::attach::attach_plan;
use super::book::{AskedIssue, IssueBook};
use super::decide::{Consent, decide};
use super::error::DecisionError;
use super::reject::reject;
use super::transition::Transition;
use super::{Decider, ask};
use crate::app::api::connected_for_person;
use crate::app::calls::{Asker, Calls};
use crate::app::commit::{Change, commit};
use crate::app::documents::{ActiveRuns, load, load_run, set};
use crate::app::records::{Run, RunState, Settings};
use crate::app::refusals;
use crate::app::standing::{group_roles, is_administrator};
use crate::app::worker::{Flow, Job, WorkError, Worker};
use crate::atlassian::{
    ApiError, ApiErrorKind, IssueName, IssueState, comment, issue_with_history, jira_user,
    read_is_person, read_issue,
};
use crate::host::{Host, StorageError};
use crate::model::AccountId;

/// A transition by a person of an issue that asks for an approval. False for any other issue.
pub(in crate::app) async fn transition<H: Host>(
    host: &H,
    issue: &str,
    account: &AccountId,
    meaning: Transition,
) -> Result<bool, WorkError> {
    let book: IssueBook = load(host).await?;
    let Some(asked) = book.of_issue(issue) else {
        return Ok(false);
    };
    let calls = Calls::load(host, Asker::Person).await?;
    let state = look(&calls, issue).await?;
    let settings: Settings = load(host).await?;
    let run = load_run(host, &asked.run).await?;
    // A call that comes late, when somebody has moved the issue again: what it shows now is looked at later.
    let is_by_caller = state
        .moved
        .as_ref()
        .is_some_and(|(_, mover)| mover == account);
    let is_meant = asked.meaning(&state.status, &settings) == meaning;
    let is_asking =
        run.is_none_or(|run| asked.is_of(&run) || run.state != RunState::AwaitingApproval);
    if state.is_done && is_by_caller && is_meant && is_asking {
        answer(host, &calls, asked, &state, account, meaning).await?;
    }
    Ok(true)
}

/// Asks for the approvals that want an issue, and looks at the issues that ask for one: a post function that was lost, a
/// run that was decided on the page.
pub(in crate::app) async fn look_at_approvals<H: Host>(
    worker: &Worker<'_, H>,
    job: &Job,
    after: Option<&str>,
) -> Result<Flow, WorkError> {
    let host = worker.host;
    if let Some(id) = after {
        let run = load_run(host, id).await?;
        let is_early =
            run.is_some_and(|run| matches!(run.state, RunState::Planning | RunState::Held));
        if is_early && worker.is_young(job) {
            return Ok(Flow::Again { seconds: 5 });
        }
    }
    let active: ActiveRuns = load(host).await?;
    for id in active.runs {
        if load_run(host, &id)
            .await?
            .is_some_and(|run| ask::wants_issue(&run))
        {
            ask::ask(host, &id).await?;
        }
    }
    let settings: Settings = load(host).await?;
    let book: IssueBook = load(host).await?;
    let calls = Calls::load(host, Asker::Job).await?;
    let mut failed = None;
    for asked in &book.asked {
        // One issue that cannot be looked at keeps nobody from the others.
        if let Err(error) = look_at(host, &calls, asked, &settings).await {
            failed = Some(error);
        }
    }
    match failed {
        Some(error) => Err(error),
        None => Ok(Flow::Over),
    }
}

async fn look_at<H: Host>(
    host: &H,
    calls: &Calls<'_, H>,
    asked: &AskedIssue,
    settings: &Settings,
) -> Result<(), WorkError> {
    let run = load_run(host, &asked.run).await?;
    let is_waiting = run.as_ref().is_some_and(|run| asked.is_of(run));
    let Some(issue) = &asked.issue else {
        return match is_waiting {
            true => Ok(()),
            false => drop_asked(host, asked).await,
        };
    };
    if !is_waiting {
        return close(host, calls, asked, issue, run.as_ref()).await;
    }
    let state = match look(calls, &issue.id).await {
        Ok(state) => state,
        // Somebody deleted it: the plan can be decided on the page.
        Err(error) if error.kind == ApiErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    let Some((_, account)) = state.moved.clone().filter(|_| state.is_done) else {
        if asked.file_settled {
            return Ok(());
        }
        return attach_plan(host, calls, asked, issue, &state.files).await;
    };
    let meaning = asked.meaning(&state.status, settings);
    answer(host, calls, asked, &state, &account, meaning).await
}

/// Whether an issue asks for an approval, or should.
pub(in crate::app) async fn is_asked<H: Host>(host: &H) -> Result<bool, StorageError> {
    let book: IssueBook = load(host).await?;
    if !book.asked.is_empty() {
        return Ok(true);
    }
    let active: ActiveRuns = load(host).await?;
    for id in active.runs {
        let run = load_run(host, &id).await?;
        if run.is_some_and(|run| ask::wants_issue(&run)) {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn look<H: Host>(calls: &Calls<'_, H>, issue: &str) -> Result<IssueState, ApiError> {
    let request = issue_with_history(issue, "attachment");
    let answer = calls.send("reading an approval issue", request).await?;
    read_issue(&answer.body)
}

/// Decides on a run as an issue's transition says, if whoever made it may. What was refused is said on the issue once.
async fn answer<H: Host>(
    host: &H,
    calls: &Calls<'_, H>,
    asked: &AskedIssue,
    state: &IssueState,
    account: &AccountId,
    meaning: Transition,
) -> Result<(), WorkError> {
    let Some(issue) = &asked.issue else {
        return Ok(());
    };
    let change = state.moved.as_ref().map(|(change, _)| change.as_str());
    if change.is_some() && asked.refused.as_deref() == change {
        return Ok(());
    }
    let run = load_run(host, &asked.run).await?;
    if run
        .as_ref()
        .is_none_or(|run| run.state != RunState::AwaitingApproval)
    {
        return close(host, calls, asked, issue, run.as_ref()).await;
    }
    let is_same = state.run.as_deref() == Some(asked.run.as_str())
        && state.plan.as_deref() == Some(asked.plan.as_str())
        && run
            .and_then(|run| run.plan)
            .is_some_and(|plan| plan.hash == asked.plan);
    let refusal = if !is_same {
        Some(String::from(
            "what this issue says of its plan was changed: decide on the page",
        ))
    } else if !may_approve(host, calls, account).await? {
        Some(String::from(
            "whoever moved this issue may not decide: it takes a person who is an approver or an administrator of the organization",
        ))
    } else {
        let decider = Decider {
            account,
            issue: Some(&issue.key),
        };
        let reason = format!("moved {} to {}", issue.key, state.status);
        let decided = match meaning {
            Transition::Approve => {
                let consent = Consent::Approve {
                    held_out: Vec::new(),
                };
                decide(host, decider, &asked.run, &reason, consent).await
            }
            Transition::Reject => reject(host, decider, &asked.run, &reason).await,
        };
        match decided {
            Ok(run) => return close(host, calls, asked, issue, Some(&run)).await,
            Err(error) => Some(refusal(error)?),
        }
    };
    match refusal {
        Some(why) => refuse(host, calls, asked, issue, change, account, &why).await,
        None => Ok(()),
    }
}

/// A decision that was not taken, in words; what passes is tried again.
pub(in crate::app) fn refusal(error: DecisionError) -> Result<String, WorkError> {
    match error {
        DecisionError::Storage(error) => Err(error.into()),
        DecisionError::Queue(error) => Err(error.into()),
        DecisionError::FourEyes { why } => Ok(format!("a second person must decide this: {why}")),
        other => Ok(other.to_string()),
    }
}

/// Whether an account is an active person's who may approve.
pub(in crate::app) async fn may_approve<H: Host>(
    host: &H,
    calls: &Calls<'_, H>,
    account: &AccountId,
) -> Result<bool, WorkError> {
    if !account.is_plausible() {
        return Ok(false);
    }
    let operation = "asking Jira who decided";
    let is_person = match calls.send(operation, jira_user(account)).await {
        Ok(answer) => read_is_person(&answer.body)?,
        Err(error) if error.kind == ApiErrorKind::NotFound => false,
        Err(error) => return Err(error.into()),
    };
    if !is_person {
        return Ok(false);
    }
    let settings: Settings = load(host).await?;
    if group_roles(host, &settings.roles, account).await?.approver {
        return Ok(true);
    }
    match connected_for_person(host).await? {
        Some(api) => Ok(is_administrator(&api, account).await?),
        None => Ok(false),
    }
}

/// Says on the issue what became of the run, and asks no more.
async fn close<H: Host>(
    host: &H,
    calls: &Calls<'_, H>,
    asked: &AskedIssue,
    issue: &IssueName,
    run: Option<&Run>,
) -> Result<(), WorkError> {
    let text = match run {
        Some(run) => match &run.approval {
            Some(_) => format!(
                "Seatkeeper: the plan is approved; the run is {}.",
                run.state.name()
            ),
            None => format!(
                "Seatkeeper: the run is {}; this issue decides nothing any more.",
                run.state.name()
            ),
        },
        None => String::from("Seatkeeper: the run is gone; this issue decides nothing any more."),
    };
    // A comment more or less decides nothing.
    let _ = calls
        .send(
            "commenting on the approval issue",
            comment(&issue.id, &text),
        )
        .await;
    drop_asked(host, asked).await
}

/// Forgets that an issue asks for a run.
async fn drop_asked<H: Host>(host: &H, asked: &AskedIssue) -> Result<(), WorkError> {
    commit::<_, WorkError>(host, async || {
        let mut book: IssueBook = load(host).await?;
        book.asked.retain(|other| other.run != asked.run);
        let change = Change {
            writes: vec![set(&book)?],
            ..Change::default()
        };
        Ok((change, ()))
    })
    .await
}

/// Says on the issue why nothing came of a transition, once for each.
async fn refuse<H: Host>(
    host: &H,
    calls: &Calls<'_, H>,
    asked: &AskedIssue,
    issue: &IssueName,
    change: Option<&str>,
    account: &AccountId,
    why: &str,
) -> Result<(), WorkError> {
    let text = format!("Seatkeeper did not take this decision: {why}.");
    calls
        .send(
            "commenting on the approval issue",
            comment(&issue.id, &text),
        )
        .await?;
    commit::<_, WorkError>(host, async || {
        let mut noted = Change::default();
        let mut book: IssueBook = load(host).await?;
        if let Some(asked) = book.of_run(&asked.run) {
            asked.refused = change.map(str::to_owned);
        }
        noted.writes.push(set(&book)?);
        Ok::<_, WorkError>((noted, ()))
    })
    .await?;
    let reason = format!("moved {} of the run {}: {why}", issue.key, asked.run);
    Ok(refusals::note(host, account, &reason).await?)
}
