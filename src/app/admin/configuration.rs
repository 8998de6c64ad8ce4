//! The configuration as one text, out and in (RULES R18): everything but secrets, so that a new installation goes on.
//!
//! A text comes in by parts. It is looked at as a whole before anything of it is taken over, and what is taken over already
//! is passed by, so that whoever is interrupted sends the last part again.

use serde::{Deserialize, Serialize};

use super::error::AdminError;
use super::exemptions::{is_subject, require_room, said};
use super::policies::{put, storable, warnings};
use super::settings::{mistake, replace};
use super::{Answer, Caller, ConfigurationImport, Export};
use crate::app::commit::{Change, commit};
use crate::app::configuration::{Received, receive, sweep};
use crate::app::documents::{
    ExemptionBook, PolicyBook, StoredExemption, edit, encode, load, policy_hash, set,
};
use crate::app::lists::{self, ExportedList};
use crate::app::records::{PersonFields, Settings, TrendMonth};
use crate::app::{own_fields, trend};
use crate::audit::{Actor, Entry, LogAction, Outcome, sha256_hex};
use crate::host::Host;
use crate::json;
use crate::model::Time;
use crate::policy::Policy;
use crate::schedule::HostZones;

/// The form of the text.
const VERSION: u32 = 1;
/// The most bytes of the text in one part: as a JSON text in turn it may be twice as long (RULES R16).
const PART_BYTES: usize = 84 * 1024;
/// So many things are taken over in one transaction, each with an entry (RULES R14).
const AT_ONCE: usize = 10;
/// Of so many people the own fields are taken over together.
const PEOPLE_AT_ONCE: usize = 1_000;

/// Everything but secrets and what is read anew.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Configuration {
    /// [`VERSION`].
    seatkeeper: u32,
    made: Time,
    settings: Settings,
    /// In the administrator's order.
    policies: Vec<Policy>,
    exemptions: Vec<StoredExemption>,
    trend: Vec<TrendMonth>,
    /// Own fields and notes.
    #[serde(default)]
    people: Vec<PersonFields>,
    #[serde(default)]
    lists: Vec<ExportedList>,
}

/// One part of the configuration's text. Only parts of the same hash belong together.
pub(super) async fn export<H: Host>(
    host: &H,
    made: Option<Time>,
    part: u32,
) -> Result<Answer, AdminError> {
    let policies: PolicyBook = load(host).await?;
    let exemptions: ExemptionBook = load(host).await?;
    let made = made.unwrap_or_else(|| host.now());
    let mut all = Vec::new();
    for stored in policies.policies {
        all.push(stored.policy);
    }
    let configuration = Configuration {
        seatkeeper: VERSION,
        made,
        settings: load(host).await?,
        policies: all,
        exemptions: exemptions.exemptions,
        trend: trend::all(host).await?,
        people: own_fields::all(host).await?,
        lists: lists::export(host).await?,
    };
    let text = encode(&configuration)?;
    let hash = sha256_hex(&text);
    let mut parts = pieces(&text);
    let count = u32::try_from(parts.len()).unwrap_or(u32::MAX);
    let number = usize::try_from(part).unwrap_or(usize::MAX);
    if number >= parts.len() {
        return Err(AdminError::NotFound("such part of the configuration"));
    }
    let text = parts.swap_remove(number).to_owned();
    Ok(Answer::Export(Export {
        text,
        parts: count,
        hash,
        made,
    }))
}

/// A text in pieces that end where a sign ends.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while rest.len() > PART_BYTES {
        let mut end = PART_BYTES;
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let Some((piece, after)) = rest.split_at_checked(end) else {
            break;
        };
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

/// A part of a text that comes in.
pub(super) struct Part {
    pub(super) hash: String,
    pub(super) part: u32,
    pub(super) of: u32,
    pub(super) text: String,
}

/// Takes a part of a text; with the last one, the whole of it is looked at and taken over.
pub(super) async fn import<H: Host>(
    host: &H,
    caller: &Caller,
    part: Part,
) -> Result<Answer, AdminError> {
    let Part {
        hash,
        part,
        of,
        text,
    } = part;
    let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_hash || encode(&text)?.len() > 2 * PART_BYTES {
        let why = "a part is at most 84 KiB of the text, and comes with the SHA-256 of all of it";
        return Err(AdminError::Invalid(String::from(why)));
    }
    let text = match receive(host, &hash, part, of, &text).await? {
        Received::More { next } => {
            return Ok(Answer::ConfigurationImport(ConfigurationImport {
                next: Some(next),
                ..ConfigurationImport::default()
            }));
        }
        Received::OutOfPlace => {
            let why =
                "this part belongs to no text on its way: begin with part 0, in at most 400 parts";
            return Err(AdminError::WrongState(String::from(why)));
        }
        Received::Whole(text) => text,
    };
    let taken = match check(host, &text, &hash) {
        Ok(configuration) => take_over(host, caller, configuration, &hash).await?,
        Err(error) => {
            sweep(host).await?;
            return Err(error);
        }
    };
    sweep(host).await?;
    Ok(Answer::ConfigurationImport(taken))
}

/// The whole of a text, if everything in it can be taken over.
fn check<H: Host>(host: &H, text: &str, hash: &str) -> Result<Configuration, AdminError> {
    if !sha256_hex(text).eq_ignore_ascii_case(hash) {
        let why = "the text is not the one that its hash is of: send it again from part 0";
        return Err(AdminError::Invalid(String::from(why)));
    }
    let configuration: Configuration = json::read(text).map_err(|error| {
        AdminError::Invalid(format!("this is no exported configuration: {error}"))
    })?;
    if configuration.seatkeeper != VERSION {
        let why = "this configuration was exported by another release, in a form that this one does not know";
        return Err(AdminError::Invalid(String::from(why)));
    }
    if let Some(why) = mistake(&configuration.settings) {
        return Err(AdminError::Invalid(format!("the settings: {why}")));
    }
    let mut ids: Vec<&str> = Vec::new();
    for policy in &configuration.policies {
        storable(policy.clone(), &HostZones(host)).map_err(AdminError::Policy)?;
        if ids.contains(&policy.id.as_str()) {
            let why = format!("the policy {} is there twice", policy.id);
            return Err(AdminError::Invalid(why));
        }
        ids.push(&policy.id);
    }
    for exemption in &configuration.exemptions {
        let is_known = |id: &String| ids.contains(&id.as_str());
        if !is_subject(&exemption.subject) || !exemption.policies.iter().all(is_known) {
            let label = exemption.subject.label();
            return Err(AdminError::Invalid(format!(
                "the exemption of {label} is none, or names a policy that is not there"
            )));
        }
    }
    for list in &configuration.lists {
        super::lists::checked(&list.name, &list.members)?;
    }
    super::person_fields::check(&configuration.settings.fields, &configuration.people)?;
    Ok(configuration)
}

/// Takes a configuration over: settings first, so that policies find what they need; what is there already stays as it is.
async fn take_over<H: Host>(
    host: &H,
    caller: &Caller,
    configuration: Configuration,
    hash: &str,
) -> Result<ConfigurationImport, AdminError> {
    let Configuration {
        settings,
        policies,
        exemptions,
        trend,
        people,
        lists,
        made,
        ..
    } = configuration;
    let mut taken = ConfigurationImport::default();
    replace(host, caller, &settings).await?;
    for policy in &policies {
        taken.policies += u32::from(take_policy(host, caller, policy).await?);
    }
    put_in_order(host, &policies).await?;
    for some in exemptions.chunks(AT_ONCE) {
        taken.exemptions = taken
            .exemptions
            .saturating_add(take_exemptions(host, caller, some).await?);
    }
    trend::add(host, &trend).await?;
    for some in people.chunks(PEOPLE_AT_ONCE) {
        super::person_fields::set(host, caller, some).await?;
    }
    for list in &lists {
        let about = |list: &_| super::lists::about_import(host, caller, list);
        lists::restore(host, &caller.account_id, list, &about).await?;
    }
    let summed = format!(
        "a configuration of {}: {} policies and {} exemptions were new or other",
        made.date(),
        taken.policies,
        taken.exemptions
    );
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
) -> Result<bool, AdminError> {
    let hash = policy_hash(policy)?;
    let book: PolicyBook = load(host).await?;
    if book.get(&policy.id).is_some_and(|known| known.hash == hash) {
        return Ok(false);
    }
    put(host, caller, policy, &warnings(host, policy).await?).await?;
    Ok(true)
}

/// Puts the policies that came in the order in which they came, before those that were there besides.
async fn put_in_order<H: Host>(host: &H, policies: &[Policy]) -> Result<(), AdminError> {
    commit::<_, AdminError>(host, async || {
        let mut book: PolicyBook = load(host).await?;
        let mut ordered = Vec::new();
        for policy in policies {
            let mut known = book.policies.iter();
            if let Some(place) = known.position(|stored| stored.policy.id == policy.id) {
                ordered.push(book.policies.remove(place));
            }
        }
        ordered.append(&mut book.policies);
        book.policies = ordered;
        let change = Change {
            writes: vec![set(&book)?],
            ..Change::default()
        };
        Ok((change, ()))
    })
    .await
}

/// Adds exemptions of which there is none of the same subject; answers how many.
async fn take_exemptions<H: Host>(
    host: &H,
    caller: &Caller,
    exemptions: &[StoredExemption],
) -> Result<u32, AdminError> {
    commit::<_, AdminError>(host, async || {
        let mut book: ExemptionBook = load(host).await?;
        let now = host.now();
        let mut change = Change::default();
        let mut added = 0;
        for exemption in exemptions {
            let mut known = book.exemptions.iter();
            if exemption.is_over(now) || known.any(|known| known.subject == exemption.subject) {
                continue;
            }
            let exemption = StoredExemption {
                added: edit(&caller.account_id, now),
                ..exemption.clone()
            };
            change.entries.push(Entry {
                subject: Some(exemption.subject.label()),
                reason: Some(said(&exemption)),
                ..entry(host, caller, LogAction::AddExemption)
            });
            book.exemptions.push(exemption);
            added += 1;
        }
        if added > 0 {
            book.version = book.version.saturating_add(1);
            require_room(&book)?;
            change.writes.push(set(&book)?);
        }
        Ok((change, added))
    })
    .await
}
