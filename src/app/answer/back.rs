//! Giving an access back that a policy took: by an undo of exactly what its run did to the person, which a second person
//! approves where the settings say so or no seat is free.

use serde_json::json;

use super::Pressed;
use super::request::LinkOutput;
use super::seats::full;
use super::taken::{TakenBy, last_taken, may_ask_again};
use crate::app::approval::{self, Decider};
use crate::app::commit::{Change, commit};
use crate::app::documents::{ConnectionBook, PolicyBook, load, load_run, set_value};
use crate::app::foreign::changed_since;
use crate::app::links::{Token, part_of};
use crate::app::records::{
    ApprovalPlace, Approved, Attempt, Cause, GiveBack, Run, Settings, Undoes,
};
use crate::app::requests::{self, Requested};
use crate::app::run::{begin_undo, is_undone_now, new_run_of, not_undoable};
use crate::app::worker::Job;
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::{Host, Queue, StorageError};
use crate::model::AccountId;
use crate::policy::Approval;

/// Gives back what the policy of a link took last, or asks for it, if the link was not used before.
pub(super) async fn back<H: Host>(
    host: &H,
    token: &Token,
    id: &str,
) -> Result<Pressed, StorageError> {
    let whose = (&token.account, Some(token.policy.as_str()));
    match last_taken(host, whose, false).await? {
        Some(taken) => give(host, &taken, token, id).await,
        None => Ok(Err(Some("nothing is there that the policy took"))),
    }
}

/// Gives back what the policy of a link took, whatever the link is for, if it was not used before.
pub(super) async fn give<H: Host>(
    host: &H,
    taken: &TakenBy,
    token: &Token,
    id: &str,
) -> Result<Pressed, StorageError> {
    Ok(match ask_back(host, taken, &Wish::Link(token, id)).await? {
        Asked::Begun(run) if run.approval_wanted.is_some() => Ok(LinkOutput::Asked),
        Asked::Begun(_) => Ok(LinkOutput::Restoring),
        Asked::NotNow => Ok(LinkOutput::TryLater),
        Asked::Refused(why) => Err(why),
    })
}

/// By what a person wishes to have back what a policy took.
#[derive(Clone, Copy, Debug)]
pub(in crate::app) enum Wish<'a> {
    /// By a link of a warning, with its id, which is spent by it.
    Link(&'a Token, &'a str),
    /// By whatever caused a run that gave back what a later stage took.
    Further(&'a Run),
    /// By trying to log in.
    Attempt(&'a Attempt),
    /// By an issue that names them.
    Request(&'a AccountId, &'a Requested),
}

impl Wish<'_> {
    /// Why the run exists that fulfils it.
    fn cause(&self) -> Cause {
        match self {
            Wish::Link(token, _) => Cause::Link {
                account: token.account.clone(),
            },
            Wish::Further(run) => run.cause.clone(),
            Wish::Attempt(attempt) => Cause::LogIn {
                account: attempt.account.clone(),
                event: attempt.event.clone(),
            },
            Wish::Request(account, requested) => Cause::Request {
                account: (*account).clone(),
                issue: requested.issue.key.clone(),
                mover: requested.mover.clone(),
            },
        }
    }

    /// The approval that its issue gives to whatever fulfils it.
    fn approval(&self) -> Option<&Approved> {
        match self {
            Wish::Request(_, requested) => requested.approval.as_ref(),
            Wish::Further(run) => run.approval.as_ref().filter(|one| one.issue.is_some()),
            Wish::Link(..) | Wish::Attempt(_) => None,
        }
    }
}

/// What becomes of a wish, by the settings; none where they want nothing given back by it.
fn way_of(
    cause: &Cause,
    is_approved: bool,
    (settings, policy): (&Settings, &str),
) -> Option<GiveBack> {
    match cause {
        Cause::Request { .. } => settings.requests.as_ref().map(|_| match is_approved {
            true => GiveBack::Restore,
            false => GiveBack::Ask,
        }),
        Cause::Schedule { .. } | Cause::Person { .. } => None,
        Cause::Link { .. } => settings.notices.as_ref()?.links_of(policy).give_back,
        Cause::LogIn { .. } => settings.on_log_in_of(policy),
    }
}

/// What became of a wish.
pub(in crate::app) enum Asked {
    /// A run gives it back, once it is approved if it must be.
    Begun(Box<Run>),
    /// Something passing is in the way.
    NotNow,
    /// It is not given back by such a wish: why, unless the log says by another entry that there was one before.
    Refused(Option<&'static str>),
}

/// Begins the run that takes one back for a person who wishes it.
pub(in crate::app) async fn ask_back<H: Host>(
    host: &H,
    taken: &TakenBy,
    wish: &Wish<'_>,
) -> Result<Asked, StorageError> {
    let settings: Settings = load(host).await?;
    let connection: ConnectionBook = load(host).await?;
    let cause = wish.cause();
    let approved = wish.approval();
    let of = (&settings, taken.run.policy.id.as_str());
    let way = way_of(&cause, approved.is_some(), of);
    let (Some(way), Some(account)) = (way, cause.wished_by()) else {
        return Ok(Asked::Refused(Some("the settings give nothing back by it")));
    };
    let is_over = taken.run.state.is_over();
    if settings.stopped || connection.connection.is_none() || !is_over {
        return Ok(Asked::NotNow);
    }
    if let Some(why) = not_undoable(host, &taken.run).await? {
        return Ok(Asked::Refused(Some(why)));
    }
    if changed_since(host, account, taken.run.since).await? {
        let why = "somebody else suspended or restored the person since";
        return Ok(Asked::Refused(Some(why)));
    }
    let way = match (&cause, connection.connection) {
        // Who is suspended in one directory logs in to the others as ever: a person decides what was wanted.
        (Cause::LogIn { .. }, Some(connection)) if connection.directories.len() > 1 => {
            GiveBack::Ask
        }
        _ => way,
    };
    let place = place_of(host, &settings, &cause, &taken.run.policy.id).await?;
    let run = undo_of(host, cause.clone(), taken);
    if let Some(asked) = nothing_to_begin(host, (taken, &run), wish).await? {
        return Ok(asked);
    }
    let job = Job::prepare(host, vec![run.id.clone()]).text()?;
    // Before the commit: a job that comes too early waits, a missing one would be missing for ever.
    if host.push(Queue::Work, job, 0).await.is_err() {
        return Ok(Asked::NotNow);
    }
    commit::<_, StorageError>(host, async || {
        let mut change = Change::default();
        let Some(undone) = load_run(host, &taken.run.id).await? else {
            let why = "the run that took it is gone";
            return Ok((change, Asked::Refused(Some(why))));
        };
        if let Wish::Link(token, id) = wish {
            let (key, mut part) = part_of(host, &token.policy, account).await?;
            if !part.note_back(account, (id, token.expires), host.now()) {
                return Ok((change, Asked::Refused(None)));
            }
            change.writes.push(set_value(key, &part)?);
        }
        if let Wish::Attempt(attempt) = wish
            && !may_ask_again(host, &undone, attempt).await?
        {
            return Ok((change, Asked::Refused(None)));
        }
        // In the attempt: two who ask at the same time must not both get the last seat.
        let full = full(host, taken, account).await?;
        let run = begun(&run, (way, full), (place, approved));
        match wish {
            Wish::Request(_, requested) => {
                if !requests::note_begun(host, &mut change, requested, &run).await? {
                    return Ok((Change::default(), Asked::NotNow));
                }
            }
            Wish::Further(before) => {
                requests::note_further(host, &mut change, &before.id, &run).await?;
            }
            Wish::Link(..) | Wish::Attempt(_) => {}
        }
        change.entries.extend(wished(&run, wish));
        if let Some(Approved {
            by, reason, issue, ..
        }) = &run.approval
        {
            let decider = Decider {
                account: by,
                issue: issue.as_deref(),
            };
            let (action, reason) = (LogAction::ApproveRun, reason.clone());
            let entry = approval::entry(&run, decider, run.now, action, reason);
            change.entries.push(entry);
        }
        if begin_undo(host, &mut change, &run, undone).await?.is_some() {
            return Ok((Change::default(), Asked::NotNow));
        }
        Ok((change, Asked::Begun(Box::new(run.clone()))))
    })
    .await
}

/// Why no run is begun, as far as that can be said before: a job that is pushed for none is delivered for ten minutes.
async fn nothing_to_begin<H: Host>(
    host: &H,
    (taken, run): (&TakenBy, &Run),
    wish: &Wish<'_>,
) -> Result<Option<Asked>, StorageError> {
    match wish {
        Wish::Link(token, id) => {
            let account = &token.account;
            let (_, mut part) = part_of(host, &token.policy, account).await?;
            if !part.note_back(account, (id, token.expires), host.now()) {
                return Ok(Some(Asked::Refused(None)));
            }
        }
        Wish::Attempt(attempt) => {
            let undone = load_run(host, &taken.run.id).await?;
            if let Some(undone) = undone
                && !may_ask_again(host, &undone, attempt).await?
            {
                return Ok(Some(Asked::Refused(None)));
            }
        }
        Wish::Request(..) | Wish::Further(_) => {}
    }
    let is_begun = is_undone_now(host, run).await?;
    Ok(is_begun.then_some(Asked::NotNow))
}

/// Where a second person is asked: where the policy has its plans approved. An issue that asks is decided on as it is.
async fn place_of<H: Host>(
    host: &H,
    settings: &Settings,
    cause: &Cause,
    policy: &str,
) -> Result<ApprovalPlace, StorageError> {
    if settings.approval_issues.is_none() || matches!(cause, Cause::Request { .. }) {
        return Ok(ApprovalPlace::Page);
    }
    let policies: PolicyBook = load(host).await?;
    let stored = policies.get(policy);
    let by_issue = stored.is_some_and(|stored| stored.policy.approval == Approval::Issue);
    Ok(match by_issue {
        true => ApprovalPlace::Issue,
        false => ApprovalPlace::Page,
    })
}

/// The run that takes back what was done to a person.
fn undo_of<H: Host>(host: &H, cause: Cause, taken: &TakenBy) -> Run {
    let reason = match &cause {
        Cause::LogIn { .. } => String::from("the person tried to log in"),
        Cause::Request { issue, .. } => format!("the issue {issue} asked for it"),
        _ => String::from("the person asked for it by the link of their warning"),
    };
    Run {
        undoes: Some(Undoes {
            run: taken.run.id.clone(),
            steps: taken.steps.iter().map(|(step, _)| *step).collect(),
            reason,
        }),
        ..new_run_of(host, taken.run.policy.clone(), cause, false)
    }
}

/// The same with who must approve it, or did: a second person where that is wanted or no seat is free.
fn begun(
    run: &Run,
    (way, full): (GiveBack, Option<String>),
    (place, approved): (ApprovalPlace, Option<&Approved>),
) -> Run {
    let mut run = run.clone();
    let is_asked = way == GiveBack::Ask || full.is_some();
    if let (Some(full), Some(undoes)) = (full, &mut run.undoes) {
        undoes.reason = format!("{}; every seat is taken of {full}", undoes.reason);
    }
    run.approval_wanted = is_asked.then_some(place);
    run.approval = approved.filter(|_| !is_asked).map(|approval| Approved {
        at: run.now,
        ..approval.clone()
    });
    run
}

/// What the log says of a wish; of one that only goes on it has said it.
fn wished(run: &Run, wish: &Wish<'_>) -> Option<Entry> {
    let (account, actor, of) = match wish {
        Wish::Further(_) => return None,
        Wish::Link(token, _) => (
            &token.account,
            Actor::Link(token.account.clone()),
            json!({"stage": token.stage, "approvalWanted": run.approval_wanted}),
        ),
        Wish::Attempt(Attempt { account, event, at }) => (
            account,
            Actor::LogIn(account.clone()),
            json!({"event": event, "at": at, "approvalWanted": run.approval_wanted}),
        ),
        Wish::Request(account, Requested { issue, mover, .. }) => (
            *account,
            Actor::Person(mover.clone()),
            json!({"issue": issue.key, "approvalWanted": run.approval_wanted}),
        ),
    };
    Some(Entry {
        subject: Some(account.0.clone()),
        run: Some(run.id.clone()),
        policy: Some(run.policy.id.clone()),
        policy_hash: Some(run.policy.hash.clone()),
        after: Some(of),
        ..Entry::new(run.now, &actor, LogAction::AskBack, Outcome::Done)
    })
}
