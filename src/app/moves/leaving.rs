//! The end of a move: whoever was seen in the other directory is suspended in the old one.

use std::collections::BTreeMap;

use super::at::At;
use super::hindrance::{hindrance, loss};
use super::sight::Sight;
use super::step::{
    Ending, Failure, Next, Pending, Step, Taking, UNCLEAR_SECONDS, failure, intend, pending, say,
    settle, take, told,
};
use crate::app::records::{Move, MoveCall, MoveState};
use crate::app::run::taken_recently;
use crate::app::sync::standings_of;
use crate::app::worker::WorkError;
use crate::atlassian::{ApiErrorKind, DirectoryStanding, suspend};
use crate::audit::{LogAction, Outcome};
use crate::host::Host;
use crate::model::AccountId;

use super::sight::holds;

/// How long an accepted suspension may take to be seen.
const VISIBLE_SECONDS: i64 = 120;
/// How soon it is looked at again.
const SOON_SECONDS: u32 = 3;
/// Why nobody was suspended by a move that is done.
const OTHERS: &str = "somebody else had suspended the person in the old directory";
/// What whoever reads of a done move should know.
const BACK: &str =
    "to take it back, restore the person in the old directory and remove them from the new one";

/// Takes a move on whose person was invited.
pub(super) async fn step<H: Host>(at: &At<'_, '_, H>, before: &Move) -> Result<Next, WorkError> {
    let sight = at.look.sight(before);
    let Some((people, row)) = sight.here else {
        return gone(at, before, &sight).await;
    };
    let Some(there) = sight.there.filter(|_| before.call.is_none()) else {
        if before.call.is_some() {
            return suspending(at, before, &sight).await;
        }
        if holds(people, row, &before.resource) {
            let why = "the product belongs to the directory that the person is in: they have it now, and nobody was suspended";
            return end(
                at,
                before,
                (MoveState::Failed, Outcome::Skipped),
                why,
                Taking::Nothing,
            )
            .await;
        }
        return Ok(Next::Rest);
    };
    if before.to.as_ref() == Some(there) {
        return suspending(at, before, &sight).await;
    }
    let seen = Step {
        after: Move {
            to: Some(there.clone()),
            ..before.clone()
        },
        entry: None,
        taking: Taking::Nothing,
        acts: false,
    };
    take(at.worker, before, &seen).await?;
    Ok(Next::On)
}

/// The old directory does not list the person any more.
async fn gone<H: Host>(
    at: &At<'_, '_, H>,
    before: &Move,
    sight: &Sight<'_>,
) -> Result<Next, WorkError> {
    if before.call.is_some() {
        let why = "the old directory does not list the person any more: not known whether they were suspended there";
        return end(
            at,
            before,
            (MoveState::Done, Outcome::Failed),
            why,
            Taking::Taken,
        )
        .await;
    }
    if sight.there.is_none() {
        return Ok(Next::Rest);
    }
    let why = "the person had left the old directory already: nobody was suspended";
    end(
        at,
        before,
        (MoveState::Done, Outcome::Skipped),
        why,
        Taking::Nothing,
    )
    .await
}

/// Suspends the person in the old directory, and looks whether they are.
async fn suspending<H: Host>(
    at: &At<'_, '_, H>,
    before: &Move,
    sight: &Sight<'_>,
) -> Result<Next, WorkError> {
    let host = at.worker.host;
    // A listing shows one standing over all directories.
    let standing = match standings_of(at.api, Some(&before.from), &before.account).await {
        Ok(standings) => standings.of(&before.from),
        // The others are taken on.
        Err(error) if error.is_about_one() => {
            return say(at.worker, before, &error.to_string()).await;
        }
        Err(error) => return Err(error.into()),
    };
    if standing == Some(DirectoryStanding::Suspended) {
        let ours = format!("seen in the new directory, suspended in the old one; {BACK}");
        let (outcome, why, taking) = match &before.call {
            Some(call) if call.attempts > 0 => (Outcome::Done, ours.as_str(), Taking::Taken),
            // No call of ours was made.
            Some(_) => (Outcome::Already, OTHERS, Taking::Forgotten),
            None => (Outcome::Skipped, OTHERS, Taking::Nothing),
        };
        return end(at, before, (MoveState::Done, outcome), why, taking).await;
    }
    if let Some(call) = before.call.as_ref().filter(|call| call.accepted) {
        return accepted(at, before, call, standing).await;
    }
    match pending(before.call.as_ref(), host.now()) {
        Pending::Wait(seconds) => return Ok(Next::Wait(seconds)),
        Pending::GivenUp => {
            let why = "no clear answer came to the suspension, and it was not seen: look at the person in Atlassian Administration";
            return end(
                at,
                before,
                (MoveState::Failed, Outcome::Failed),
                why,
                Taking::Taken,
            )
            .await;
        }
        Pending::Again => {}
    }
    if let Some(out) = &before.call
        && let Some(why) = at.halted().await?
    {
        let (state, outcome, taking, what) = if out.attempts > 0 {
            let what = "no clear answer came to the suspension, and it was not seen: look at the person in Atlassian Administration";
            (MoveState::Failed, Outcome::Failed, Taking::Taken, what)
        } else {
            let what = "not suspended yet";
            (
                MoveState::Invited,
                Outcome::NotDone,
                Taking::Forgotten,
                what,
            )
        };
        let why = format!("{what}; {why}");
        return end(at, before, (state, outcome), &why, taking).await;
    }
    let taken = taken_recently(at.worker, Some(&before.id)).await?;
    if let Some(why) = against(at, before, sight, &taken).await? {
        let (outcome, taking) = match &before.call {
            Some(call) if call.attempts > 0 => (Outcome::Failed, Taking::Taken),
            Some(_) => (Outcome::NotDone, Taking::Forgotten),
            None => (Outcome::Skipped, Taking::Nothing),
        };
        let why = format!("in both directories now, and not suspended: {why}");
        return end(at, before, (MoveState::Failed, outcome), &why, taking).await;
    }
    if let Some(why) = taken.get(&before.account) {
        return say(at.worker, before, &format!("waits for another day: {why}")).await;
    }
    let population = at.population().await?;
    call(at, before, population).await
}

/// Makes the call.
async fn call<H: Host>(
    at: &At<'_, '_, H>,
    before: &Move,
    population: u32,
) -> Result<Next, WorkError> {
    if at.is_late() {
        return Ok(Next::Wait(SOON_SECONDS));
    }
    let what = (MoveState::Suspending, LogAction::Suspend);
    let called = match intend(at.worker, before, what, Taking::Reserved(population)).await? {
        Ok(called) => called,
        Err(next) => return Ok(next),
    };
    let (organization, key) = (&at.api.organization, &at.api.key);
    let request = suspend(organization, &called.from, &called.account, key);
    let answer = at.api.call("suspending a person", request).await;
    let is_repeated = called.call.as_ref().is_some_and(|call| call.attempts > 1);
    let mut answered = (Some(409), None);
    let refused = match answer {
        Ok(response) => {
            answered = told(&response);
            None
        }
        // An earlier call of ours, whose answer was lost, may be what it conflicts with.
        Err(error) if error.kind == ApiErrorKind::Conflict && is_repeated => None,
        Err(error) => Some(failure(at.worker, &called, error).await?),
    };
    match refused {
        Some(Failure::Already) if !is_repeated => {
            let already = (MoveState::Done, Outcome::Already);
            end(at, &called, already, OTHERS, Taking::Forgotten).await
        }
        None | Some(Failure::Already) => {
            let accepted = Step {
                after: Move {
                    call: called.call.clone().map(|call| MoveCall {
                        accepted: true,
                        http: answered.0,
                        request: answered.1,
                        ..call
                    }),
                    ..called.clone()
                },
                entry: None,
                taking: Taking::Nothing,
                acts: false,
            };
            take(at.worker, &called, &accepted).await?;
            Ok(Next::On)
        }
        Some(Failure::Later(seconds)) => Ok(Next::Wait(seconds)),
        Some(Failure::Unclear) => Ok(Next::Wait(UNCLEAR_SECONDS)),
        Some(Failure::Refused(why)) => {
            let why = format!("in both directories now, and not suspended: {why}");
            let taking = if is_repeated {
                Taking::Taken
            } else {
                Taking::Forgotten
            };
            end(
                at,
                &called,
                (MoveState::Failed, Outcome::Failed),
                &why,
                taking,
            )
            .await
        }
    }
}

/// What becomes of an accepted suspension that is not seen.
async fn accepted<H: Host>(
    at: &At<'_, '_, H>,
    before: &Move,
    call: &MoveCall,
    standing: Option<DirectoryStanding>,
) -> Result<Next, WorkError> {
    if at.worker.host.now().since(call.at) < VISIBLE_SECONDS {
        return Ok(Next::Wait(SOON_SECONDS));
    }
    if standing.is_none() {
        // The standing is told with the products that the person has there, and they have none.
        let why = format!(
            "accepted by atlassian; the old directory tells no standing of the person; {BACK}"
        );
        return end(
            at,
            before,
            (MoveState::Done, Outcome::Done),
            &why,
            Taking::Taken,
        )
        .await;
    }
    let why = "the suspension was accepted by atlassian and not seen within two minutes: look at the person in Atlassian Administration";
    end(
        at,
        before,
        (MoveState::Failed, Outcome::Failed),
        why,
        Taking::Taken,
    )
    .await
}

/// What speaks against the suspension, by what any directory says of the person, and by what they would lose.
async fn against<H: Host>(
    at: &At<'_, '_, H>,
    of: &Move,
    sight: &Sight<'_>,
    taken: &BTreeMap<AccountId, String>,
) -> Result<Option<String>, WorkError> {
    if sight.there.is_none() {
        return Ok(Some(String::from(
            "the person left the new directory again",
        )));
    }
    for seen in sight.here.iter().chain(&sight.elsewhere) {
        let why = hindrance(at.worker.host, &of.asked.by, at.duties, *seen).await?;
        if why.is_some() {
            return Ok(why);
        }
    }
    match sight.here {
        Some(seen) => loss(at, of, seen, taken).await,
        None => Ok(None),
    }
}

async fn end<H: Host>(
    at: &At<'_, '_, H>,
    before: &Move,
    (state, outcome): (MoveState, Outcome),
    why: &str,
    taking: Taking,
) -> Result<Next, WorkError> {
    let ending = Ending {
        state,
        what: (LogAction::Suspend, outcome),
        why,
        answer: match &before.call {
            Some(call) => (call.http, call.request.clone()),
            None => (None, None),
        },
        taking,
    };
    settle(at.worker, before, before.clone(), ending).await
}
