//! The guards of a planned run: what holds it as a whole before its first action (RULES R8, R9).

use super::basis::Basis;
use super::black_outs::black_out;
use crate::app::documents::{ConnectionBook, RecentRuns, StoredPolicy, load};
use crate::app::health::key_end;
use crate::app::records::{Connection, PlanReference, Run, Settings, Share};
use crate::host::{Host, StorageError};
use crate::model::{DAY, Time};
use crate::plan::{Guard, GuardCode, jump, organization_cap, policy_limit, warning_limit};
use crate::planted::{Fault, planted};
use crate::policy::Policy;
use crate::schedule::HostZones;

/// A key that ends within so many days holds every run.
const KEY_DAYS: i64 = 7;

/// Everything that speaks against acting without a second person.
pub(super) fn guards<H: Host>(
    host: &H,
    basis: &Basis<'_>,
    policy: &Policy,
    run: &Run,
    stored: Option<&StoredPolicy>,
    recent: &RecentRuns,
    settings: &Settings,
) -> Vec<Guard> {
    let planned = run.counts.planned;
    let population = run.plan.as_ref().map_or(0, |plan| plan.population);
    if planned == 0 {
        return Vec::new();
    }
    let mut guards = Vec::new();
    // One by hand runs once, and is always approved.
    guards.extend(first_run(run, stored).filter(|_| run.by_hand.is_none()));
    let plan = run.plan.as_ref();
    let what = plan.map(PlanReference::what_is_done).unwrap_or_default();
    let acted_on = plan.map_or(planned, PlanReference::acted_on);
    let limit = policy_limit(acted_on, &policy.limits, population, &what);
    guards.extend(limit.filter(|_| !planted(Fault::PolicyLimitIgnored)));
    let most_warned = settings.notices.as_ref().map_or(0, |one| one.most_warned);
    guards.extend(warning_limit(plan.map_or(0, |plan| plan.told), most_warned));
    let percent = settings.percent_per_day;
    let others = recent.people_besides(&run.id);
    let takes = plan.map_or(0, |plan| plan.takes);
    guards.extend(organization_cap(takes, others, percent, population));
    guards.extend(jump(acted_on, stored.map_or(&[], |stored| &stored.usual)));
    let windows = (policy, &settings.black_outs);
    guards.extend(black_out(windows, ("asked for", run.now), &HostZones(host)));
    guards.extend(key_expires(&basis.connection, host.now()));
    if basis.head.is_suspect() {
        let suspicions = basis.head.suspicions.iter();
        let texts: Vec<&str> = suspicions
            .map(|suspicion| suspicion.text.as_str())
            .collect();
        guards.push(hold(GuardCode::SuspectSnapshot, texts.join("; ")));
    }
    guards.extend(accepted_jump(basis, run, stored));
    guards.extend(shrunk(basis, policy));
    guards.extend(groups_gone(basis, run, host.now()));
    guards.extend(emptied(basis, run));
    guards
}

fn hold(code: GuardCode, text: String) -> Guard {
    Guard::saying(code, text)
}

fn first_run(run: &Run, stored: Option<&StoredPolicy>) -> Option<Guard> {
    let released = stored.and_then(|stored| stored.released.as_ref());
    if released.is_some_and(|released| released.hash == run.policy.hash) {
        return None;
    }
    let text = String::from("this text of the policy runs for the first time");
    Some(hold(GuardCode::FirstRun, text))
}

/// A jump that one person took for true is looked at by a second one, in the plan of each policy: the reading is not suspect
/// any more, nor are those after it, which are compared with it.
fn accepted_jump(basis: &Basis<'_>, run: &Run, stored: Option<&StoredPolicy>) -> Option<Guard> {
    let accepted = basis.accepted.as_ref()?;
    let released = stored.and_then(|stored| stored.released.as_ref());
    let is_looked_at = match run.by_hand {
        // It has no run before it, and is approved in any case.
        Some(_) => accepted.taken != basis.head.taken,
        None => released.is_some_and(|released| released.at > accepted.acceptance.edit.at),
    };
    if is_looked_at || accepted.taken > basis.head.taken {
        return None;
    }
    let Share { part, of } = accepted.idle;
    let text = format!(
        "a jump of idle people was taken for true on {}: {part} of {of} were idle in the reading of {}",
        accepted.acceptance.edit.at.date(),
        accepted.taken.date()
    );
    Some(hold(GuardCode::AcceptedJump, text))
}

/// The guard for a key that has come into its last days since the run was planned, and that none of its guards has shown. What
/// gives back is held by none.
pub(in crate::app) async fn key_expires_now<H: Host>(
    host: &H,
    run: &Run,
) -> Result<Option<Guard>, StorageError> {
    let steps = run.plan.as_ref().map_or(0, |plan| plan.steps);
    if run.undoes.is_some() || steps == 0 {
        return Ok(None);
    }
    let book: ConnectionBook = load(host).await?;
    let guard = book.connection.as_ref();
    let guard = guard.and_then(|connection| key_expires(connection, host.now()));
    Ok(guard.filter(|guard| !run.guards.contains(guard)))
}

fn key_expires(connection: &Connection, now: Time) -> Option<Guard> {
    let end = key_end(connection);
    if end.since(now) > KEY_DAYS * DAY {
        return None;
    }
    let certainty = match connection.expires {
        Some(_) => "",
        None => "at the latest ",
    };
    let date = end.date();
    let text = format!("the organization API key expires {certainty}on {date}: save a new one");
    Some(hold(GuardCode::KeyExpires, text))
}

/// A list of people to keep that lost some of them may have been cut off.
fn shrunk(basis: &Basis<'_>, policy: &Policy) -> Option<Guard> {
    let mut texts = Vec::new();
    for name in policy.r#match.own_names().lists {
        let list = basis.lists.get(name).filter(|list| list.has_shrunk());
        if let Some(list) = list {
            let (had, has) = (list.had.unwrap_or(0), list.members);
            texts.push(format!("the list `{name}` had {had} members and has {has}"));
        }
    }
    if texts.is_empty() {
        return None;
    }
    Some(hold(GuardCode::ListShrunk, texts.join("; ")))
}

fn groups_gone(basis: &Basis<'_>, run: &Run, now: Time) -> Option<Guard> {
    let exempted = basis.exemptions.exempted(&run.policy.id, now);
    let mut gone = Vec::new();
    for group in &basis.exempt_groups_gone {
        if exempted.groups.contains(group.as_str()) {
            gone.push(group.as_str());
        }
    }
    (!gone.is_empty()).then(|| {
        let gone = gone.join(", ");
        let text = format!("exempt groups that do not exist any more: {gone}");
        hold(GuardCode::ExemptGroupGone, text)
    })
}

fn emptied(basis: &Basis<'_>, run: &Run) -> Option<Guard> {
    let mut texts = Vec::new();
    for emptied in &basis.exemptions_emptied {
        let mut exemptions = basis.exemptions.exemptions.iter();
        let is_meant = exemptions.any(|exemption| {
            exemption.subject == emptied.subject && exemption.is_for(&run.policy.id)
        });
        if is_meant {
            let label = emptied.subject.label();
            texts.push(format!("{label} ({} people before)", emptied.before));
        }
    }
    (!texts.is_empty()).then(|| {
        let text = format!(
            "exemptions that shelter nobody any more: {}",
            texts.join(", ")
        );
        hold(GuardCode::ExemptionEmpty, text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AccountId;

    fn connection(expires: Option<Time>) -> Connection {
        Connection {
            organization_id: String::new(),
            organization_name: String::new(),
            directories: Vec::new(),
            saved_by: AccountId(String::new()),
            owner: AccountId(String::new()),
            saved_at: Time(0),
            expires,
            capabilities: Vec::new(),
        }
    }

    #[test]
    fn a_key_holds_runs_in_its_last_seven_days() {
        let end = Time(100 * DAY);
        for (expires, now, held) in [
            (Some(end), 93 * DAY - 1, false),
            (Some(end), 93 * DAY, true),
            (Some(end), 101 * DAY, true),
            (None, 358 * DAY - 1, false),
            (None, 358 * DAY, true),
        ] {
            let guard = key_expires(&connection(expires), Time(now));
            assert_eq!(guard.is_some(), held, "{expires:?} at {now}");
        }
    }
}
