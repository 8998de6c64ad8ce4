//! What comes of a transition: a run that gives back, a decision on the one that the issue asked for before, or a refusal.

use serde_json::json;

use super::book::{Answered, RequestBook, Requested};
use crate::app::answer::{Asked, Wish, ask_back, last_taken};
use crate::app::approval::{Consent, Decider, decide, may_approve, refusal, reject};
use crate::app::calls::Calls;
use crate::app::commit::{Change, commit};
use crate::app::documents::{load, load_run, set};
use crate::app::records::{Approved, Run};
use crate::app::worker::WorkError;
use crate::atlassian::{IssueName, Unnamed};
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::{Host, StorageError};
use crate::model::AccountId;
use crate::policy::is_by_hand;

/// What a transition means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The access is wished back.
    Asked,
    /// It is to be given back, if whoever made the transition may say so.
    Approved,
    /// It is not to be given back.
    Rejected,
}

/// The last transition of an issue.
#[derive(Clone, Debug)]
pub(super) struct Moved {
    pub(super) issue: IssueName,
    /// The change of its status.
    pub(super) change: String,
    /// Who made it.
    pub(super) mover: AccountId,
    /// Where it led.
    pub(super) status: String,
    pub(super) meaning: Meaning,
}

/// Answers a transition.
pub(super) async fn answer<H: Host>(
    host: &H,
    calls: &Calls<'_, H>,
    moved: Moved,
    person: Result<AccountId, Unnamed>,
) -> Result<(), WorkError> {
    let reason = format!("moved {} to {}", moved.issue.key, moved.status);
    let mut requested = Requested {
        issue: moved.issue,
        change: moved.change,
        mover: moved.mover,
        approval: None,
    };
    let waiting = waiting_run(host, &requested.issue.id).await?;
    let is_asked = moved.meaning == Meaning::Asked;
    let is_refused = moved.meaning == Meaning::Rejected;
    let why = if let Some(run) = waiting.filter(|_| !is_asked) {
        // Whoever approves sees whom the issue names now.
        let is_same = person.as_ref().ok() == run.cause.wished_by();
        if is_same || is_refused {
            decided(host, calls, &requested, (&run, &reason, is_refused)).await?
        } else {
            Some(String::from(
                "the issue names somebody else by now than when it asked: reject it, and make an issue for each",
            ))
        }
    } else if is_refused {
        Some(String::from("the issue was rejected"))
    } else {
        match &person {
            Err(why) => Some(String::from(unnamed(*why))),
            Ok(account) => {
                // Nobody approves what they get themselves (RULES R9).
                let approves = !is_asked
                    && requested.mover != *account
                    && may_approve(host, calls, &requested.mover).await?;
                requested.approval = approves.then(|| Approved {
                    by: requested.mover.clone(),
                    at: host.now(),
                    reason,
                    single_handed: false,
                    issue: Some(requested.issue.key.clone()),
                });
                wished(host, account, &requested).await?.map(String::from)
            }
        }
    };
    note(host, &requested, person.ok().as_ref(), why).await
}

fn unnamed(why: Unnamed) -> &'static str {
    match why {
        Unnamed::Nobody => {
            "the field that the settings name is empty on this issue, or is none for a person"
        }
        Unnamed::Several => {
            "the field that the settings name holds more than one person: make an issue for each"
        }
        Unnamed::ChangedSince => {
            "the person was changed after the issue was moved: look who is named, and move it again"
        }
        Unnamed::OtherAccount => {
            "it asks for an app or a customer of a help desk, from whom nothing is ever taken: name the person in a field"
        }
    }
}

/// The run that an issue asked for before, if it waits for a decision.
async fn waiting_run<H: Host>(host: &H, issue: &str) -> Result<Option<Run>, StorageError> {
    let book: RequestBook = load(host).await?;
    let of_issue = |one: &&Answered| one.issue.id == issue && one.run.is_some();
    let Some(id) = book
        .answered
        .iter()
        .rev()
        .find(of_issue)
        .and_then(|one| one.run.as_ref())
    else {
        return Ok(None);
    };
    let run = load_run(host, id).await?;
    Ok(run.filter(|run| run.state.wants_a_decision()))
}

/// Decides on it. Answers why not, if not.
async fn decided<H: Host>(
    host: &H,
    calls: &Calls<'_, H>,
    requested: &Requested,
    (run, reason, rejects): (&Run, &str, bool),
) -> Result<Option<String>, WorkError> {
    if !may_approve(host, calls, &requested.mover).await? {
        let why = "whoever moved this issue may not decide: it takes an approver or an administrator of the organization";
        return Ok(Some(String::from(why)));
    }
    let decider = Decider {
        account: &requested.mover,
        issue: Some(&requested.issue.key),
    };
    let decided = if rejects {
        reject(host, decider, &run.id, reason).await
    } else {
        let consent = Consent::Approve {
            held_out: Vec::new(),
        };
        decide(host, decider, &run.id, reason, consent).await
    };
    decided.map_or_else(|error| refusal(error).map(Some), |_| Ok(None))
}

/// Gives back what was taken last from a person, or asks for it. Answers why not, if not.
async fn wished<H: Host>(
    host: &H,
    account: &AccountId,
    requested: &Requested,
) -> Result<Option<&'static str>, StorageError> {
    let Some(taken) = last_taken(host, (account, None), false).await? else {
        return Ok(Some(
            "nothing was taken from the person within 90 days that is not given back",
        ));
    };
    if is_by_hand(&taken.run.policy.id) {
        return Ok(Some(
            "an administrator took it by hand, and no policy: ask an administrator of the organization",
        ));
    }
    Ok(
        match ask_back(host, &taken, &Wish::Request(account, requested)).await? {
            Asked::Begun(_) => None,
            Asked::NotNow => Some(
                "everything is stopped, or a run is still at work on it or waits for a decision: move the issue again later",
            ),
            Asked::Refused(_) => Some("somebody else has changed since how the person stands"),
        },
    )
}

/// Notes that a transition was answered, unless that is noted, and what is to be said on the issue.
async fn note<H: Host>(
    host: &H,
    requested: &Requested,
    account: Option<&AccountId>,
    why: Option<String>,
) -> Result<(), WorkError> {
    commit::<_, WorkError>(host, async || {
        let mut change = Change::default();
        let mut book: RequestBook = load(host).await?;
        if book.of(&requested.issue.id, &requested.change).is_some() {
            return Ok((change, ()));
        }
        book.note(Answered {
            issue: requested.issue.clone(),
            change: requested.change.clone(),
            run: None,
            say: why
                .as_ref()
                .map(|why| format!("Seatkeeper does not give the access back: {why}.")),
        });
        change.writes.push(set(&book)?);
        if why.is_some() {
            let actor = Actor::Person(requested.mover.clone());
            change.entries.push(Entry {
                subject: account.map(|account| account.0.clone()),
                reason: why.clone(),
                after: Some(json!({"issue": requested.issue.key})),
                ..Entry::new(host.now(), &actor, LogAction::AskBack, Outcome::NotDone)
            });
        }
        Ok((change, ()))
    })
    .await
}
