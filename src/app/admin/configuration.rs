//! The configuration as one text, out and in (RULES R18): everything but secrets, so that a new installation goes on.
//!
//! A text comes in by parts. It is looked at as a whole before anything of it is taken over, and what is taken over already
//! is passed by, so that whoever is interrupted sends the last part again.

mod check;
mod take;

use serde::{Deserialize, Serialize};

use super::error::AdminError;
use super::{Answer, Caller, ConfigurationImport, Export};
use crate::app::configuration::{Received, receive, sweep};
use crate::app::documents::{ExemptionBook, PolicyBook, StoredExemption, encode, load};
use crate::app::lists::{self, ExportedList};
use crate::app::records::{PersonFields, Settings, TrendMonth};
use crate::app::{own_fields, trend};
use crate::audit::sha256_hex;
use crate::host::Host;
use crate::model::Time;
use crate::policy::Policy;

/// The form of the text.
const VERSION: u32 = 1;
/// The most bytes of the text in one part: as a JSON text in turn it may be twice as long (RULES R16).
const PART_BYTES: usize = 84 * 1024;
/// So many things are taken over in one transaction, each with an entry (RULES R14).
const AT_ONCE: usize = 10;

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
    /// Policies that are no more, and that exemptions name.
    #[serde(default)]
    dropped: Vec<String>,
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
    let dropped = dropped(&all, &exemptions);
    let configuration = Configuration {
        seatkeeper: VERSION,
        made,
        settings: load(host).await?,
        policies: all,
        exemptions: exemptions.exemptions,
        trend: trend::all(host).await?,
        people: own_fields::all(host).await?,
        lists: lists::export(host).await?,
        dropped,
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

/// The policies that exemptions name and that are not there any more.
fn dropped(policies: &[Policy], exemptions: &ExemptionBook) -> Vec<String> {
    let mut dropped: Vec<String> = Vec::new();
    for id in exemptions.exemptions.iter().flat_map(|one| &one.policies) {
        if !policies.iter().any(|policy| policy.id == *id) && !dropped.contains(id) {
            dropped.push(id.clone());
        }
    }
    dropped
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
    let taken = match check::check(host, &text, &hash).await {
        Ok(checked) => take::take_over(host, caller, checked, &hash).await?,
        Err(error) => {
            sweep(host).await?;
            return Err(error);
        }
    };
    sweep(host).await?;
    Ok(Answer::ConfigurationImport(taken))
}
