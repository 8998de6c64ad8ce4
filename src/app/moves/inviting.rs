//! The invitation of a move: to one product of the other directory.

use super::at::At;
use super::hindrance::{hindrance, loss};
use super::sight::Sight;
use super::step::{Ending, Failure, Next, Pending, Taking, failure, intend, pending, settle, told};
use crate::app::records::{Move, MoveState};
use crate::app::run::taken_recently;
use crate::app::worker::WorkError;
use crate::atlassian::{Invitation, invite, read_invited};
use crate::audit::{LogAction, Outcome};
use crate::host::{Host, Response};

/// How soon after an invitation the person is looked for: whoever need not agree is there at once.
const SOON_SECONDS: u32 = 60;

/// Why a move failed whose invitation may have come through.
const UNCLEAR: &str = "no clear answer came to the invitation, and the person was not seen: look in Atlassian Administration, then ask for the move again";

/// Takes a move on whose person is to be invited.
pub(super) async fn step<H: Host>(at: &At<'_, '_, H>, before: &Move) -> Result<Next, WorkError> {
    let sight = at.look.sight(before);
    if let Some(there) = sight.there {
        let (outcome, why) = match &before.call {
            Some(call) if call.attempts > 0 => {
                (Outcome::Done, "the person was seen in the other directory")
            }
            // No call of ours was made.
            Some(_) => (Outcome::Already, "somebody else had invited the person"),
            None => (
                Outcome::Skipped,
                "the person is in the other directory already",
            ),
        };
        let seen = Move {
            to: Some(there.clone()),
            ..before.clone()
        };
        return end(at, before, seen, (MoveState::Invited, outcome), why).await;
    }
    match pending(before.call.as_ref(), at.worker.host.now()) {
        Pending::Wait(seconds) => return Ok(Next::Wait(seconds)),
        Pending::GivenUp => {
            let failed = (MoveState::Failed, Outcome::Failed);
            return end(at, before, before.clone(), failed, UNCLEAR).await;
        }
        Pending::Again => {}
    }
    if let Some(out) = &before.call
        && let Some(why) = at.halted().await?
    {
        let (ended, why) = if out.attempts > 0 {
            let failed = (MoveState::Failed, Outcome::Failed);
            (failed, format!("{UNCLEAR}; {why}"))
        } else {
            let not_yet = (MoveState::Inviting, Outcome::NotDone);
            (not_yet, format!("not invited yet; {why}"))
        };
        return end(at, before, before.clone(), ended, &why).await;
    }
    let email = match address(at, before, &sight).await? {
        Ok(email) => email,
        Err(why) => {
            let outcome = match &before.call {
                Some(call) if call.attempts > 0 => Outcome::Failed,
                Some(_) => Outcome::NotDone,
                None => Outcome::Skipped,
            };
            let failed = (MoveState::Failed, outcome);
            return end(at, before, before.clone(), failed, &why).await;
        }
    };
    let what = (MoveState::Inviting, LogAction::Invite);
    let called = match intend(at.worker, before, what, Taking::Nothing).await? {
        Ok(called) => called,
        Err(next) => return Ok(next),
    };
    let invitation = Invitation {
        email,
        resource: &called.resource,
        role: &called.role,
        groups: &called.groups,
    };
    let request = invite(&at.api.organization, &invitation, &at.api.key);
    let why = match at.api.call("inviting a person", request).await {
        Ok(response) => return accepted(at, &called, &response).await,
        Err(error) => match failure(at.worker, &called, error).await? {
            Failure::Later(seconds) => return Ok(Next::Wait(seconds)),
            Failure::Unclear => return Ok(Next::Wait(super::step::UNCLEAR_SECONDS)),
            Failure::Already => {
                let invited = (MoveState::Invited, Outcome::Already);
                let why = "somebody else had invited the person";
                return end(at, &called, called.clone(), invited, why).await;
            }
            Failure::Refused(why) => why,
        },
    };
    let failed = (MoveState::Failed, Outcome::Failed);
    end(at, &called, called.clone(), failed, &why).await
}

/// The address to which the invitation goes, or why the person is not to be invited.
async fn address<'s, H: Host>(
    at: &At<'_, '_, H>,
    of: &Move,
    sight: &Sight<'s>,
) -> Result<Result<&'s str, String>, WorkError> {
    let Some((people, row)) = sight.here else {
        let why = "the directory does not list the person any more";
        return Ok(Err(String::from(why)));
    };
    if !sight.elsewhere.is_empty() && of.call.is_none() {
        let why = "the person is in several directories already";
        return Ok(Err(String::from(why)));
    }
    let (host, by) = (at.worker.host, &of.asked.by);
    if let Some(why) = hindrance(host, by, at.duties, (people, row)).await? {
        return Ok(Err(why));
    }
    // Whoever must stay where they are would be in both directories.
    let taken = taken_recently(at.worker, Some(&of.id)).await?;
    if let Some(why) = loss(at, of, (people, row), &taken).await? {
        return Ok(Err(why));
    }
    Ok(people
        .email(row)
        .ok_or_else(|| String::from("the person's e-mail address is not known")))
}

/// What an accepted invitation brought.
async fn accepted<H: Host>(
    at: &At<'_, '_, H>,
    called: &Move,
    response: &Response,
) -> Result<Next, WorkError> {
    let (state, outcome, why) = match read_invited(response.status, &response.body) {
        Ok(invited) => match invited.refused {
            Some(why) => {
                let why = format!("atlassian did not invite the person: {why}");
                (MoveState::Failed, Outcome::Failed, why)
            }
            None if invited.failed.is_empty() => {
                let why = String::from("invited: the person is looked for in the other directory");
                (MoveState::Invited, Outcome::Done, why)
            }
            None => {
                let why = format!("invited, without {}", invited.failed.join(", "));
                (MoveState::Invited, Outcome::Done, why)
            }
        },
        // The status says that it was done.
        Err(error) => (MoveState::Invited, Outcome::Done, error.to_string()),
    };
    let ending = Ending {
        state,
        what: (LogAction::Invite, outcome),
        why: &why,
        answer: told(response),
        taking: Taking::Nothing,
    };
    settle(at.worker, called, called.clone(), ending).await?;
    Ok(match state {
        MoveState::Invited => Next::Wait(SOON_SECONDS),
        _ => Next::Rest,
    })
}

async fn end<H: Host>(
    at: &At<'_, '_, H>,
    before: &Move,
    changed: Move,
    (state, outcome): (MoveState, Outcome),
    why: &str,
) -> Result<Next, WorkError> {
    let ending = Ending {
        state,
        what: (LogAction::Invite, outcome),
        why,
        answer: (None, None),
        taking: Taking::Nothing,
    };
    settle(at.worker, before, changed, ending).await
}
