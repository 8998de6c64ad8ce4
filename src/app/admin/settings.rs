//! The organization's settings.

use super::error::AdminError;
use super::settings_asked::{look_for_issue, look_for_status};
use super::settings_merged::merged;
use super::settings_mistakes::{mistake, mistake_in_notices, mistake_in_requests};
use super::{Answer, Caller, SavedSettings};
use crate::app::attempts::AttemptBook;
use crate::app::commit::{Change, commit};
use crate::app::documents::{edit, encode, load, set};
use crate::app::records::{
    ApprovalIssues, CoverageLimits, Experiments, FieldDefinition, GiveBack, LinkRules, Notices,
    PolicyLinks, Price, Protect, Requests, Roles, Settings,
};
use crate::app::{own_fields, protect};
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::{Host, StorageError};
use crate::policy::OrganizationBlackOuts;
use crate::schedule::{HostZones, is_zone};
use serde_json::Value;

/// The most bytes of all settings together: twice as many go into an entry of the log (RULES R16).
const MOST_BYTES: usize = 64 * 1024;

/// Sets the organization's cap.
pub(super) async fn set_limits<H: Host>(
    host: &H,
    caller: &Caller,
    percent_per_day: u32,
) -> Result<Answer, AdminError> {
    change(host, caller, LogAction::SetLimits, &|settings| {
        settings.percent_per_day = percent_per_day;
        settings.limits_edited = Some(edit(&caller.account_id, host.now()));
    })
    .await
}

/// Sets what a snapshot must hold for actions to rest on it.
pub(super) async fn set_coverage_limits<H: Host>(
    host: &H,
    caller: &Caller,
    limits: CoverageLimits,
) -> Result<Answer, AdminError> {
    change(host, caller, LogAction::SetLimits, &|settings| {
        settings.coverage = limits;
        settings.limits_edited = Some(edit(&caller.account_id, host.now()));
    })
    .await
}

/// Says who is protected besides those who always are. Whoever does so is a requester of the next runs (RULES R9), as if
/// they had changed a limit.
pub(super) async fn set_protections<H: Host>(
    host: &H,
    caller: &Caller,
    protect: Protect,
) -> Result<Answer, AdminError> {
    // What was read for other protections is read again for these.
    protect::forget(host).await?;
    change(host, caller, LogAction::SetProtections, &|settings| {
        settings.protect = protect;
        settings.limits_edited = Some(edit(&caller.account_id, host.now()));
    })
    .await
}

/// Says when no policy starts a run by itself. Whoever does so is a requester of the next runs (RULES R9), as if they had
/// changed a limit: windows taken away let runs start that others kept from it.
pub(super) async fn set_black_outs<H: Host>(
    host: &H,
    caller: &Caller,
    document: &str,
) -> Result<Answer, AdminError> {
    let is_known = |zone: &str| is_zone(zone, &HostZones(host));
    let black_outs =
        OrganizationBlackOuts::read(document, &is_known).map_err(AdminError::BlackOuts)?;
    change(host, caller, LogAction::SetBlackOuts, &|settings| {
        settings.black_outs.clone_from(&black_outs);
        settings.limits_edited = Some(edit(&caller.account_id, host.now()));
    })
    .await
}

/// Says which fields administrators keep on people. Values of a field that is given up decide nothing any more. Whoever does
/// so is a requester of the runs that rest on a field (RULES R9).
pub(super) async fn set_fields<H: Host>(
    host: &H,
    caller: &Caller,
    fields: Vec<FieldDefinition>,
) -> Result<Answer, AdminError> {
    own_fields::clear(host, &fields).await?;
    change(host, caller, LogAction::SetFields, &|settings| {
        settings.fields.clone_from(&fields);
        settings.fields_edited = Some(edit(&caller.account_id, host.now()));
    })
    .await
}

/// Says how people are written to. How many may be warned is a limit, and whoever changes it a requester (RULES R9). An
/// issue that Jira does not know is not taken; where it is the one that was known, it is said and the rest is saved.
pub(super) async fn set_notices<H: Host>(
    host: &H,
    caller: &Caller,
    notices: Option<Notices>,
) -> Result<Answer, AdminError> {
    let settings: Settings = load(host).await?;
    let before = settings.notices;
    let is_new = |own: &PolicyLinks| {
        let before = before.as_ref().map(|before| before.links_of(&own.policy));
        own.links.answers_log_ins() && !before.is_some_and(LinkRules::answers_log_ins)
    };
    let mut policies = notices.iter().flat_map(|notices| &notices.policies);
    if policies.any(is_new) {
        require_log_ins(host).await?;
    }
    let mut not_checked = None;
    let plausible = notices.as_ref();
    if let Some(wanted) = plausible.filter(|one| mistake_in_notices(one).is_none()) {
        let is_known = before.is_some_and(|present| present.issue == wanted.issue);
        not_checked = look_for_issue(host, &wanted.issue, is_known).await?;
    }
    let saved = change(host, caller, LogAction::SetNotices, &|settings| {
        let most = |notices: &Option<Notices>| notices.as_ref().map(|one| one.most_warned);
        if most(&settings.notices) != most(&notices) {
            settings.limits_edited = Some(edit(&caller.account_id, host.now()));
        }
        let mut notices = notices.clone();
        if let Some(wanted) = &mut notices
            && wanted.everybody_browses.is_none()
        {
            wanted.everybody_browses = settings.everybody_browses(&wanted.issue);
        }
        settings.notices = notices;
    })
    .await?;
    Ok(with(saved, not_checked))
}

/// An answer that says what could not be checked besides.
fn with(mut answer: Answer, not_checked: Option<String>) -> Answer {
    if let Answer::Settings(saved) = &mut answer {
        saved.not_checked = not_checked;
    }
    answer
}

/// Says what happens when somebody tries to log in whom a policy suspended. It can be switched on only where such attempts
/// were seen.
pub(super) async fn set_on_log_in<H: Host>(
    host: &H,
    caller: &Caller,
    give_back: Option<GiveBack>,
) -> Result<Answer, AdminError> {
    if give_back.is_some() {
        require_log_ins(host).await?;
    }
    change(host, caller, LogAction::SetNotices, &|settings| {
        settings.on_log_in = give_back;
    })
    .await
}

/// Refuses where attempts to log in were not seen.
async fn require_log_ins<H: Host>(host: &H) -> Result<(), AdminError> {
    let book: AttemptBook = load(host).await?;
    let Some(why) = book.log_ins.missing() else {
        return Ok(());
    };
    let why = format!("attempts to log in cannot be answered here: {why}");
    Err(AdminError::WrongState(why))
}

/// Says what seats cost.
pub(super) async fn set_prices<H: Host>(
    host: &H,
    caller: &Caller,
    prices: Vec<Price>,
) -> Result<Answer, AdminError> {
    change(host, caller, LogAction::SetPrices, &|settings| {
        settings.prices.clone_from(&prices);
    })
    .await
}

/// Says which Jira groups carry which role. Whoever does so is a requester of the next runs (RULES R9), and waits a day from
/// then on where it leaves them the only one who may let runs go on.
pub(super) async fn set_roles<H: Host>(
    host: &H,
    caller: &Caller,
    roles: Roles,
) -> Result<Answer, AdminError> {
    change(host, caller, LogAction::SetRoles, &|settings| {
        settings.roles = roles.clone();
        settings.roles_edited = Some(edit(&caller.account_id, host.now()));
    })
    .await
}

/// Says where issues ask for approvals.
pub(super) async fn set_approval_issues<H: Host>(
    host: &H,
    caller: &Caller,
    issues: Option<ApprovalIssues>,
) -> Result<Answer, AdminError> {
    change(host, caller, LogAction::SetApprovalIssues, &|settings| {
        settings.approval_issues.clone_from(&issues);
    })
    .await
}

/// Says which issues ask for accesses back. A status that the project does not have is not taken: nothing would ever come to
/// it, and nobody would be told.
pub(super) async fn set_requests<H: Host>(
    host: &H,
    caller: &Caller,
    requests: Option<Requests>,
) -> Result<Answer, AdminError> {
    let not_checked = match &requests {
        Some(wanted) if mistake_in_requests(wanted).is_none() => {
            look_for_status(host, wanted).await?
        }
        _ => None,
    };
    let saved = change(host, caller, LogAction::SetRequests, &|settings| {
        settings.requests.clone_from(&requests);
    })
    .await?;
    Ok(with(saved, not_checked))
}

/// Says on which issue the log's head is written down each day.
pub(super) async fn set_anchor_issue<H: Host>(
    host: &H,
    caller: &Caller,
    issue: Option<String>,
) -> Result<Answer, AdminError> {
    change(host, caller, LogAction::SetLimits, &|settings| {
        settings.anchor_issue.clone_from(&issue);
    })
    .await
}

/// Sets for how long the log and the runs are kept.
pub(super) async fn set_retention<H: Host>(
    host: &H,
    caller: &Caller,
    days: Option<u32>,
) -> Result<Answer, AdminError> {
    change(host, caller, LogAction::SetLimits, &|settings| {
        settings.retention_days = days;
    })
    .await
}

/// Switches what is tried out on or off.
pub(super) async fn set_experiments<H: Host>(
    host: &H,
    caller: &Caller,
    experiments: Experiments,
) -> Result<Answer, AdminError> {
    change(host, caller, LogAction::SetExperiments, &|settings| {
        settings.experiments = experiments;
    })
    .await
}

/// Takes those settings over that an export names. Whoever does so is as if they had changed a limit (RULES R9).
pub(super) async fn replace<H: Host>(
    host: &H,
    caller: &Caller,
    exported: &Settings,
    named: &[String],
) -> Result<Answer, AdminError> {
    protect::forget(host).await?;
    own_fields::clear(host, &exported.fields).await?;
    change(host, caller, LogAction::ImportConfiguration, &|settings| {
        let now = Some(edit(&caller.account_id, host.now()));
        let present = settings.clone();
        *settings = Settings {
            limits_edited: now.clone(),
            ..merged(settings, exported, named)
        };
        if settings.roles != present.roles {
            settings.roles_edited.clone_from(&now);
        }
        if settings.fields != present.fields {
            settings.fields_edited = now;
        }
    })
    .await
}

/// Stops everything, or lets it go on.
pub(super) async fn set_stopped<H: Host>(
    host: &H,
    caller: &Caller,
    stopped: bool,
) -> Result<Answer, AdminError> {
    change(host, caller, LogAction::SetStopped, &|settings| {
        settings.stopped = stopped;
    })
    .await
}

async fn change<H: Host>(
    host: &H,
    caller: &Caller,
    action: LogAction,
    edit: &dyn Fn(&mut Settings),
) -> Result<Answer, AdminError> {
    let settings = commit::<_, AdminError>(host, async || {
        let mut settings: Settings = load(host).await?;
        let figures = |settings: &Settings| {
            serde_json::json!({
                "percentPerDay": settings.percent_per_day,
                "coverage": settings.coverage,
                "retentionDays": settings.retention_days,
                "anchorIssue": settings.anchor_issue,
                "notices": settings.notices,
                "onLogIn": settings.on_log_in,
                "stopped": settings.stopped,
                "experiments": settings.experiments,
                "roles": settings.roles,
                "approvalIssues": settings.approval_issues,
                "requests": settings.requests,
                "protect": settings.protect,
                "prices": settings.prices,
                "fields": settings.fields,
                "blackOuts": settings.black_outs,
            })
        };
        let present = settings.clone();
        edit(&mut settings);
        if let Some(why) = mistake(&settings) {
            return Err(AdminError::Invalid(why));
        }
        require_room(&present, &settings)?;
        let (before, after) = changed(figures(&present), figures(&settings));
        let entry = Entry {
            before: Some(before),
            after: Some(after),
            ..Entry::new(
                host.now(),
                &Actor::Person(caller.account_id.clone()),
                action,
                Outcome::Done,
            )
        };
        let change = Change {
            entries: vec![entry],
            writes: vec![set(&settings)?],
        };
        Ok((change, settings))
    })
    .await?;
    Ok(Answer::Settings(Box::new(SavedSettings {
        settings,
        not_checked: None,
    })))
}

/// What prices and fields take is bounded where they are set: nothing else may be refused because of them, least of all
/// the stop switch.
fn require_room(present: &Settings, settings: &Settings) -> Result<(), AdminError> {
    let is_same = (&present.prices, &present.fields) == (&settings.prices, &settings.fields);
    if is_same || fits(settings)? {
        return Ok(());
    }
    let why =
        "all settings together would take more than 64 KiB: give fewer prices, fields or choices";
    Err(AdminError::Invalid(String::from(why)))
}

/// Whether settings have room in one value and in the log.
pub(super) fn fits(settings: &Settings) -> Result<bool, StorageError> {
    Ok(encode(settings)?.len() <= MOST_BYTES)
}

/// What differs of two objects with the same names.
fn changed(mut before: Value, mut after: Value) -> (Value, Value) {
    if let (Value::Object(before), Value::Object(after)) = (&mut before, &mut after) {
        let mut same = Vec::new();
        for (name, value) in &*before {
            if after.get(name) == Some(value) {
                same.push(name.clone());
            }
        }
        for name in &same {
            before.remove(name);
            after.remove(name);
        }
    }
    (before, after)
}
