//! Giving an access back that a policy took: by an undo of exactly what its run did to the person, which a second person
//! approves where the settings say so or no seat is free.

use serde_json::json;

use super::request::LinkOutput;
use super::taken::{TakenBy, last_taken};
use crate::app::commit::{Change, commit};
use crate::app::documents::{ConnectionBook, load, load_run, set_value};
use crate::app::foreign::changed_since;
use crate::app::links::{Token, part_of};
use crate::app::records::{ApprovalPlace, Cause, GiveBack, ProductFigures, Run, Settings, Undoes};
use crate::app::run::{begin_undo, new_run_of, not_undoable};
use crate::app::sync::newest_head;
use crate::app::worker::Job;
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::{Host, Queue, StorageError};
use crate::model::AccountId;

/// Gives back what the policy of a link took last, or asks for it, if the link was not used before.
pub(super) async fn back<H: Host>(
    host: &H,
    token: &Token,
    id: &str,
) -> Result<LinkOutput, StorageError> {
    let whose = (&token.account, token.policy.as_str());
    let Some(taken) = last_taken(host, whose, false).await? else {
        return Ok(LinkOutput::NotUsable);
    };
    let spent = Some((token, id));
    Ok(match ask_back(host, &token.account, &taken, spent).await? {
        Asked::Begun(run) if run.approval_wanted.is_some() => LinkOutput::Asked,
        Asked::Begun(_) => LinkOutput::Restoring,
        Asked::NotNow => LinkOutput::TryLater,
        Asked::Refused => LinkOutput::NotUsable,
    })
}

/// What became of a wish.
pub(super) enum Asked {
    /// A run gives it back, once it is approved if it must be.
    Begun(Box<Run>),
    /// Something passing is in the way.
    NotNow,
    /// It is not given back by a link.
    Refused,
}

/// Begins the run that takes one back for a person. `link` is the link that asks for it, which is spent by it.
pub(super) async fn ask_back<H: Host>(
    host: &H,
    account: &AccountId,
    taken: &TakenBy,
    link: Option<(&Token, &str)>,
) -> Result<Asked, StorageError> {
    let settings: Settings = load(host).await?;
    let connection: ConnectionBook = load(host).await?;
    let Some(way) = settings
        .notices
        .and_then(|notices| notices.links_of(&taken.run.policy.id).give_back)
    else {
        return Ok(Asked::Refused);
    };
    let is_over = taken.run.state.is_over();
    if settings.stopped || connection.connection.is_none() || !is_over {
        return Ok(Asked::NotNow);
    }
    let since = taken.run.since;
    if not_undoable(host, &taken.run).await?.is_some()
        || changed_since(host, account, since).await?
    {
        return Ok(Asked::Refused);
    }
    let full = full(host, taken).await?;
    let run = undo_of(host, account, taken, way, full.as_deref());
    let job = Job::prepare(host, vec![run.id.clone()]).text()?;
    // Before the commit: a job that comes too early waits, a missing one would be missing for ever.
    if host.push(Queue::Work, job, 0).await.is_err() {
        return Ok(Asked::NotNow);
    }
    commit::<_, StorageError>(host, async || {
        let mut change = Change::default();
        let Some(undone) = load_run(host, &taken.run.id).await? else {
            return Ok((change, Asked::Refused));
        };
        if let Some((token, id)) = link {
            let (key, mut part) = part_of(host, &token.policy, account).await?;
            if !part.note_back(account, (id, token.expires), host.now()) {
                return Ok((change, Asked::Refused));
            }
            change.writes.push(set_value(key, &part)?);
            change.entries.push(used(&run, token));
        }
        if begin_undo(host, &mut change, &run, undone).await?.is_some() {
            return Ok((Change::default(), Asked::NotNow));
        }
        Ok((change, Asked::Begun(Box::new(run.clone()))))
    })
    .await
}

/// The run that takes back what was done to a person.
fn undo_of<H: Host>(
    host: &H,
    account: &AccountId,
    taken: &TakenBy,
    way: GiveBack,
    full: Option<&str>,
) -> Run {
    let cause = Cause::Link {
        account: account.clone(),
    };
    let reason = match full {
        None => String::from("the person asked for it by the link of their warning"),
        Some(place) => format!(
            "the person asked for it by the link of their warning; every seat is taken of {place}"
        ),
    };
    let is_asked = way == GiveBack::Ask || full.is_some();
    Run {
        undoes: Some(Undoes {
            run: taken.run.id.clone(),
            steps: taken.steps.iter().map(|(step, _)| *step).collect(),
            reason,
        }),
        approval_wanted: is_asked.then_some(ApprovalPlace::Page),
        ..new_run_of(host, taken.run.policy.clone(), cause, false)
    }
}

/// A product of which the person would take the seat that is not there, if the newest reading shows one. Where Atlassian did
/// not say how many seats there are, its own answer decides.
async fn full<H: Host>(host: &H, taken: &TakenBy) -> Result<Option<String>, StorageError> {
    let Some(head) = newest_head(host).await? else {
        return Ok(None);
    };
    let sites = head.sites();
    for held in taken
        .steps
        .iter()
        .flat_map(|(_, person)| person.before.access.iter().flatten())
    {
        let Some(cloud_id) = held.resource.site() else {
            continue;
        };
        let mut known = sites.iter();
        let host_name = known
            .find(|site| site.cloud_id == cloud_id)
            .map(|site| site.host.as_str());
        let mut figures = head.products.iter();
        let place = figures.find(|place| {
            place.product == held.resource.product()
                && (place.site == cloud_id || host_name == Some(place.site.as_str()))
        });
        if let Some(place) = place.filter(|place| is_full(place)) {
            return Ok(Some(format!("{} on {}", place.product, place.site)));
        }
    }
    Ok(None)
}

fn is_full(place: &ProductFigures) -> bool {
    let seats = place.seats_said.unwrap_or(place.seats);
    place.capacity.is_some_and(|capacity| seats >= capacity)
}

fn used(run: &Run, token: &Token) -> Entry {
    Entry {
        subject: Some(token.account.0.clone()),
        run: Some(run.id.clone()),
        policy: Some(run.policy.id.clone()),
        policy_hash: Some(run.policy.hash.clone()),
        after: Some(json!({"stage": token.stage, "approvalWanted": run.approval_wanted})),
        ..Entry::new(
            run.now,
            &Actor::Link(token.account.clone()),
            LogAction::AskBack,
            Outcome::Done,
        )
    }
}
