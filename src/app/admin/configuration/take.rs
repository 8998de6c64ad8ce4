//! Taking a configuration over: first whoever is exempt, then what it asks for.

use super::check::Checked;
use super::{AT_ONCE, Configuration};
use crate::app::admin::error::AdminError;
use crate::app::admin::exemptions::{require_room, said};
use crate::app::admin::policies::{Warner, put};
use crate::app::admin::settings::replace;
use crate::app::admin::{Caller, ConfigurationImport, lists, person_fields};
use crate::app::commit::{Change, commit};
use crate::app::documents::{
    ExemptionBook, PolicyBook, StoredExemption, edit, load, policy_hash, set,
};
use crate::app::lists::restore;
use crate::app::trend;
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::Host;
use crate::policy::Policy;

/// What became of exemptions.
#[derive(Default)]
struct Exempted {
    added: u32,
    other: u32,
}

/// Takes a configuration over: exemptions before the policies from which they shelter, and settings before them too, so
/// that policies find what they need; what is there already stays as it is.
pub(super) async fn take_over<H: Host>(
    host: &H,
    caller: &Caller,
    checked: Checked,
    hash: &str,
) -> Result<ConfigurationImport, AdminError> {
    let Configuration {
        settings,
        policies,
        exemptions,
        mut trend,
        people,
        lists,
        made,
        ..
    } = checked.configuration;
    let mut taken = ConfigurationImport::default();
    for some in exemptions.chunks(AT_ONCE) {
        let exempted = take_exemptions(host, caller, some).await?;
        taken.exemptions += exempted.added;
        taken.other_exemptions += exempted.other;
    }
    replace(host, caller, &settings, &checked.named).await?;
    let warner = Warner::load(host).await?;
    for policy in &policies {
        taken.policies += u32::from(take_policy(host, caller, policy, &warner).await?);
    }
    put_in_order(host, caller, &policies).await?;
    trend::add(host, &mut trend).await?;
    person_fields::write_all(host, caller, &people).await?;
    for list in &lists {
        let about = |list: &_| lists::about_import(host, caller, list);
        restore(host, &caller.account_id, list, &about).await?;
    }
    let mut summed = format!(
        "a configuration of {}: {} policies and {} exemptions were new or other",
        made.date(),
        taken.policies,
        taken.exemptions
    );
    if taken.other_exemptions > 0 {
        let (exemptions, were, they) = match taken.other_exemptions {
            1 => ("exemption", "was", "it is"),
            _ => ("exemptions", "were", "they are"),
        };
        let count = taken.other_exemptions;
        summed.push_str(&format!(
            "; {count} {exemptions} {were} left as {they} here, for other policies or another time"
        ));
    }
    commit::<_, AdminError>(host, async || {
        let change = Change {
            entries: vec![Entry {
                reason: Some(summed.clone()),
                after: Some(serde_json::json!({ "sha256": hash })),
                ..entry(host, caller, LogAction::ImportConfiguration)
            }],
            ..Change::default()
        };
        Ok((change, ()))
    })
    .await?;
    Ok(taken)
}

fn entry<H: Host>(host: &H, caller: &Caller, action: LogAction) -> Entry {
    let by = Actor::Person(caller.account_id.clone());
    Entry::new(host.now(), &by, action, Outcome::Done)
}

/// Stores a policy as its next revision, unless it is the one that is there; answers whether it was stored.
async fn take_policy<H: Host>(
    host: &H,
    caller: &Caller,
    policy: &Policy,
    warner: &Warner,
) -> Result<bool, AdminError> {
    let hash = policy_hash(policy)?;
    let book: PolicyBook = load(host).await?;
    if book.get(&policy.id).is_some_and(|known| known.hash == hash) {
        return Ok(false);
    }
    let warnings = warner.warnings(host, policy).await?;
    // A configuration says what is to be in force, whatever is there.
    put(host, caller, policy, &warnings, None).await?;
    Ok(true)
}

/// Puts the policies that came in the order in which they came, before those that were there besides. The order decides
/// between policies (RULES R7), so that the log says where it was changed.
async fn put_in_order<H: Host>(
    host: &H,
    caller: &Caller,
    policies: &[Policy],
) -> Result<(), AdminError> {
    commit::<_, AdminError>(host, async || {
        let mut book: PolicyBook = load(host).await?;
        let before = ids(&book);
        let mut ordered = Vec::new();
        for policy in policies {
            let mut known = book.policies.iter();
            if let Some(place) = known.position(|stored| stored.policy.id == policy.id) {
                ordered.push(book.policies.remove(place));
            }
        }
        ordered.append(&mut book.policies);
        book.policies = ordered;
        let after = ids(&book);
        let mut change = Change::default();
        if before != after {
            change.entries.push(Entry {
                reason: Some(String::from("put in the order of a configuration")),
                before: Some(serde_json::json!({ "order": before })),
                after: Some(serde_json::json!({ "order": after })),
                ..entry(host, caller, LogAction::MovePolicy)
            });
            change.writes.push(set(&book)?);
        }
        Ok((change, ()))
    })
    .await
}

fn ids(book: &PolicyBook) -> Vec<String> {
    let mut ids = Vec::new();
    for stored in &book.policies {
        ids.push(stored.policy.id.clone());
    }
    ids
}

/// Adds exemptions where there is none in force of the same subject.
async fn take_exemptions<H: Host>(
    host: &H,
    caller: &Caller,
    exemptions: &[StoredExemption],
) -> Result<Exempted, AdminError> {
    commit::<_, AdminError>(host, async || {
        let mut book: ExemptionBook = load(host).await?;
        let now = host.now();
        let mut change = Change::default();
        let mut exempted = Exempted::default();
        for exemption in exemptions {
            if exemption.is_over(now) {
                continue;
            }
            // One that is over makes room, as for one that is added by hand.
            book.exemptions
                .retain(|known| known.subject != exemption.subject || !known.is_over(now));
            let mut known = book.exemptions.iter();
            if let Some(known) = known.find(|known| known.subject == exemption.subject) {
                let is_same =
                    (known.expires, &known.policies) == (exemption.expires, &exemption.policies);
                exempted.other += u32::from(!is_same);
                continue;
            }
            let exemption = StoredExemption {
                added: edit(&caller.account_id, now),
                // Whoever takes it over answers for what nobody else does.
                owner: exemption
                    .owner
                    .clone()
                    .or_else(|| Some(caller.account_id.clone())),
                lapsed: false,
                ..exemption.clone()
            };
            change.entries.push(Entry {
                subject: Some(exemption.subject.label()),
                reason: Some(said(&exemption)),
                ..entry(host, caller, LogAction::AddExemption)
            });
            book.exemptions.push(exemption);
            exempted.added += 1;
        }
        if exempted.added > 0 {
            book.version = book.version.saturating_add(1);
            require_room(&book)?;
            change.writes.push(set(&book)?);
        }
        Ok((change, exempted))
    })
    .await
}
