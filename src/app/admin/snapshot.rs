//! The newest snapshot, chunk by chunk as it is stored: the page decodes it and shows everybody without asking again.

use serde::Serialize;

use super::Answer;
use super::error::AdminError;
use crate::app::records::Source;
use crate::app::sync::{
    SnapshotHead, list_of_chunks, names_a_chunk, newest_head, seats_known, texts_of_chunks,
};
use crate::host::Host;
use crate::model::Time;

/// What goes through the bridge at once, the rest of the answer included (RULES R16: 350 KB).
const SLICE_BYTES: usize = 345_000;
/// So many chunks may be asked for at once.
const MAX_NAMES: usize = 40;

/// What a page needs to read the newest snapshot by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SnapshotParts {
    /// Names the snapshot as it is now.
    pub snapshot: String,
    /// When the reading of it was begun.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub taken: Time,
    /// Where its people come from.
    pub source: Source,
    /// How many people it holds, each once for every directory.
    pub users: u32,
    /// The time by the app's clock, which every age refers to.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub now: Time,
    /// The list of its chunks, as the core in the page reads it.
    pub chunks: String,
    /// The organization's sites.
    pub sites: Vec<SnapshotSite>,
    /// What groups grant, as the core in the page reads it; nothing where it would be too much for one answer.
    pub grants: Option<String>,
}

/// A site of the organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SnapshotSite {
    /// Its cloud id.
    pub cloud_id: String,
    /// Its host, such as `acme.atlassian.net`.
    pub host: String,
}

/// Some chunks of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SnapshotPart {
    /// The newest snapshot: another one than was asked for took its place meanwhile, and there are no chunks then.
    pub snapshot: String,
    /// The first of the chunks that were asked for.
    pub chunks: Vec<StoredChunk>,
}

/// A chunk as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct StoredChunk {
    /// Its name.
    pub name: String,
    /// Its bytes in base64.
    pub bytes: String,
}

/// Which chunks the newest snapshot is made of, and what is needed to read them.
pub(super) async fn parts<H: Host>(host: &H) -> Result<Answer, AdminError> {
    let head = newest_head(host).await?.ok_or(NO_SNAPSHOT)?;
    let chunks = list_of_chunks(host, &head).await?.ok_or(NO_SNAPSHOT)?;
    let grants = serde_json::to_string(&seats_known(host).await?).unwrap_or_default();
    // Of which group grants what the page can do without.
    let has_room = chunks.len() + grants.len() <= SLICE_BYTES;
    let mut sites = Vec::new();
    for site in head.sites() {
        sites.push(SnapshotSite {
            cloud_id: site.cloud_id,
            host: site.host,
        });
    }
    Ok(Answer::SnapshotParts(Box::new(SnapshotParts {
        snapshot: name_of(&head),
        taken: head.taken,
        source: head.source,
        users: head.users,
        now: host.now(),
        chunks,
        sites,
        grants: has_room.then_some(grants),
    })))
}

/// Some chunks of a snapshot; none where another snapshot took its place meanwhile.
pub(super) async fn part<H: Host>(
    host: &H,
    snapshot: &str,
    names: &[String],
) -> Result<Answer, AdminError> {
    if names.len() > MAX_NAMES || !names.iter().all(|name| names_a_chunk(name)) {
        return Err(AdminError::Invalid(String::from(
            "these are no names of a snapshot's chunks, or too many: at most 40",
        )));
    }
    let head = newest_head(host).await?.ok_or(NO_SNAPSHOT)?;
    let newest = name_of(&head);
    let mut chunks = Vec::new();
    if newest == snapshot {
        for (name, bytes) in texts_of_chunks(host, names, SLICE_BYTES).await? {
            chunks.push(StoredChunk { name, bytes });
        }
    }
    Ok(Answer::SnapshotPart(SnapshotPart {
        snapshot: newest,
        chunks,
    }))
}

const NO_SNAPSHOT: AdminError =
    AdminError::NotFound("snapshot yet: read the organization, or upload an export");

/// Names a snapshot as it is now: a renewal of a part of it has another name.
fn name_of(head: &SnapshotHead) -> String {
    format!("{} {}", head.id, head.renewed)
}
