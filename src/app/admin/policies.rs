//! Policies: listed, checked, saved.

use super::error::AdminError;
use super::joined::require_joinable;
use super::runs::with_progress;
use super::{Answer, Caller, LastRun, Policies, PolicyCheck, PolicySummary};
use crate::app::chains;
use crate::app::commit::{Change, commit};
use crate::app::documents::{
    PolicyBook, StoredPolicy, edit, encode, load, load_run, policy_hash, policy_revision_key, set,
    set_value,
};
use crate::app::newest_snapshot;
use crate::app::own_names::OwnNames;
use crate::app::past_policies::{DroppedBook, list_revision};
use crate::app::records::Settings;
use crate::app::sync::SnapshotHead;
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::evaluate::compile;
use crate::host::Host;
use crate::plan::runnable;
use crate::policy::{
    BY_HAND, OrganizationBlackOuts, Policy, PolicyError, Schedule, describe, is_by_hand, read,
};
use crate::schedule::{self, HostZones, Zones, next_due};
use crate::snapshot::Snapshot;

/// The most bytes that all policies together may take (RULES R16).
pub(super) const MAX_BOOK_BYTES: usize = 176 * 1024;

/// The deepest nesting of a policy: the storage takes values of 31 levels, and three lie around it.
const MAX_DEPTH: usize = 28;

/// All policies.
pub(super) async fn policies<H: Host>(host: &H) -> Result<Answer, AdminError> {
    let book: PolicyBook = load(host).await?;
    let settings: Settings = load(host).await?;
    let mut policies = Vec::new();
    for stored in &book.policies {
        policies.push(summary(host, stored, &settings.black_outs).await?);
    }
    Ok(Answer::Policies(Policies { policies }))
}

/// What says which names in policies match nothing: the newest snapshot, read once for all of them.
pub(super) struct Warner(Option<(SnapshotHead, Snapshot)>);

impl Warner {
    /// Reads it.
    pub(super) async fn load<H: Host>(host: &H) -> Result<Warner, AdminError> {
        Ok(Warner(newest_snapshot(host).await?))
    }

    /// Names in a policy that match nothing: worth a warning, not an error (RULES R12).
    pub(super) async fn warnings<H: Host>(
        &self,
        host: &H,
        policy: &Policy,
    ) -> Result<Vec<String>, AdminError> {
        let Some((head, snapshot)) = &self.0 else {
            return Ok(Vec::new());
        };
        let sites = head.sites();
        let names = OwnNames::of_all(host, &[policy]).await?;
        let context = names.context(&sites, host.now());
        Ok(match compile(policy, snapshot, context) {
            Ok(compiled) => compiled.warnings,
            Err(error) => vec![error.to_string()],
        })
    }
}

async fn summary<H: Host>(
    host: &H,
    stored: &StoredPolicy,
    organization: &OrganizationBlackOuts,
) -> Result<PolicySummary, AdminError> {
    let mut warnings = stored.warnings.clone();
    let (policy, now) = (&stored.policy, host.now());
    let next = next_due(policy, stored.past(), now, organization, &HostZones(host));
    // A policy that does not run although it has a timetable: this is where that is said.
    let next_due = next.clone().unwrap_or_else(|error| {
        // It was saved where its zone was known.
        warnings.push(error.to_string());
        None
    });
    let has_timetable = matches!(policy.schedule, Some(Schedule::Every(_)));
    if policy.enabled && has_timetable && next.is_ok_and(|next| next.is_none()) {
        warnings.push(String::from(
            "its own black-outs and those of the organization leave no day to run on",
        ));
    }
    let last_run = match &stored.last_run {
        Some(id) => load_run(host, id).await?,
        None => None,
    };
    let last_run = match last_run {
        Some(run) => Some(with_progress(host, run).await?),
        None => None,
    };
    Ok(PolicySummary {
        last_run: last_run.map(|run| LastRun {
            id: run.id,
            dry: run.dry,
            state: run.state,
            asked: run.now,
            since: run.since,
            counts: run.counts,
        }),
        reference: stored.reference(),
        description: describe(&stored.policy),
        next_due,
        edited: stored.edited.clone(),
        policy: stored.policy.clone(),
        warnings,
    })
}

/// What a document says, or what is wrong with it.
pub(super) fn check<H: Host>(host: &H, document: &str) -> Answer {
    Answer::PolicyCheck(PolicyCheck::of(document, &HostZones(host)))
}

impl PolicyCheck {
    /// Checks a document where these zones are known.
    pub fn of(document: &str, zones: &dyn Zones) -> PolicyCheck {
        match read(document).and_then(|policy| storable(policy, zones)) {
            Ok(policy) => PolicyCheck::Valid {
                description: describe(&policy),
                policy: Box::new(policy),
            },
            Err(errors) => PolicyCheck::Invalid { errors },
        }
    }
}

/// A policy that a run can honour in full.
pub(super) fn storable(policy: Policy, zones: &dyn Zones) -> Result<Policy, Vec<PolicyError>> {
    let mut errors = runnable(&policy).err().unwrap_or_default();
    if is_by_hand(&policy.id) {
        errors.push(PolicyError {
            path: String::from("$.id"),
            code: String::from("reserved-id"),
            message: format!(
                "ids that begin with `{BY_HAND}` are kept for runs over people chosen by hand"
            ),
        });
    }
    if serde_json::to_string(&policy).is_ok_and(|text| depth(&text) > MAX_DEPTH) {
        errors.push(PolicyError {
            path: String::from("$.match"),
            code: String::from("too-deep"),
            message: String::from(
                "conditions are nested deeper than they can be stored: twelve lists in each other at most",
            ),
        });
    }
    if let Err(error) = schedule::check(&policy, zones) {
        errors.push(error.mistake());
    }
    match errors.is_empty() {
        true => Ok(policy),
        false => Err(errors),
    }
}

/// How deep a JSON text is nested; a text or a number alone is not. To count brackets takes the least code in the page's core.
fn depth(json: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0usize);
    let (mut is_text, mut is_escaped) = (false, false);
    for byte in json.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = is_text,
            b'"' => is_text = !is_text,
            b'{' | b'[' if !is_text => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !is_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// Stores a policy's document, new or as the next revision of one that is there.
pub(super) async fn save<H: Host>(
    host: &H,
    caller: &Caller,
    document: &str,
    follows: Option<u32>,
) -> Result<Answer, AdminError> {
    let policy = read(document)
        .and_then(|policy| storable(policy, &HostZones(host)))
        .map_err(AdminError::Policy)?;
    let settings: Settings = load(host).await?;
    let (policies, own) = (std::slice::from_ref(&policy), settings.roles.groups());
    require_joinable(host, policies, &own).await?;
    let warnings = Warner::load(host).await?.warnings(host, &policy).await?;
    let stored = put(host, caller, &policy, &warnings, follows).await?;
    let summary = summary(host, &stored, &settings.black_outs).await?;
    Ok(Answer::Saved(Box::new(summary)))
}

/// Stores a policy, new or as the next revision of one that is there. Every revision is kept. With a revision that it
/// follows, nothing is stored where another one is there.
pub(super) async fn put<H: Host>(
    host: &H,
    caller: &Caller,
    policy: &Policy,
    warnings: &[String],
    follows: Option<u32>,
) -> Result<StoredPolicy, AdminError> {
    let hash = policy_hash(policy)?;
    commit::<_, AdminError>(host, async || {
        let mut book: PolicyBook = load(host).await?;
        let old = book.get(&policy.id).cloned();
        let there = old.as_ref().map_or(0, |old| old.revision);
        if let Some(follows) = follows.filter(|follows| *follows != there) {
            return match old {
                // Saved already by the same person, whom the answer may not have reached.
                Some(old) if old.hash == hash && old.edited.by == caller.account_id => {
                    Ok((Change::default(), old))
                }
                _ => Err(AdminError::OtherRevision {
                    policy: policy.id.clone(),
                    follows,
                    there,
                }),
            };
        }
        let last_revision = match &old {
            Some(old) => old.revision,
            None => load::<DroppedBook>(host).await?.last_revision(&policy.id),
        };
        let stored = StoredPolicy {
            policy: policy.clone(),
            revision: last_revision.saturating_add(1),
            hash: hash.clone(),
            edited: edit(&caller.account_id, host.now()),
            // Whoever writes another text, and then the old one again, is looked at like whoever writes a new one.
            released: old
                .as_ref()
                .filter(|old| old.hash == hash)
                .and_then(|old| old.released.clone()),
            last_due: old.as_ref().and_then(|old| old.last_due),
            warnings: warnings.to_vec(),
            preview: old.as_ref().and_then(|old| old.preview.clone()),
            last_run: old.as_ref().and_then(|old| old.last_run.clone()),
            // Another text has another usual.
            usual: old
                .as_ref()
                .filter(|old| old.hash == hash)
                .map(|old| old.usual.clone())
                .unwrap_or_default(),
        };
        match book
            .policies
            .iter_mut()
            .find(|known| known.policy.id == policy.id)
        {
            Some(place) => *place = stored.clone(),
            None => book.policies.push(stored.clone()),
        }
        if encode(&book)?.len() > MAX_BOOK_BYTES {
            let why = "all policies together would take more than 176 KiB: shorten or remove some";
            return Err(AdminError::Invalid(String::from(why)));
        }
        // Switched off and on again, or written back, it is a new text all the same.
        let left = match old.as_ref().is_some_and(|old| old.hash != hash) {
            true => chains::leave(host, &policy.id).await?,
            false => Vec::new(),
        };
        let key = policy_revision_key(&policy.id, stored.revision);
        let entry = Entry {
            policy: Some(policy.id.clone()),
            policy_hash: Some(hash.clone()),
            reason: Some(describe(policy)),
            before: old
                .map(|old| serde_json::json!({ "hash": old.hash, "revision": old.revision })),
            after: Some(serde_json::json!({ "hash": hash, "revision": stored.revision })),
            ..Entry::new(
                host.now(),
                &Actor::Person(caller.account_id.clone()),
                LogAction::SavePolicy,
                Outcome::Done,
            )
        };
        let mut writes = vec![
            set(&book)?,
            set_value(key, policy)?,
            list_revision(host, &stored).await?,
        ];
        writes.extend(left);
        let change = Change {
            entries: vec![entry],
            writes,
        };
        Ok((change, stored))
    })
    .await
}
