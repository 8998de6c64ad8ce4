//! The export of admin.atlassian.com that somebody uploaded: one is kept, and one may be on its way.
//!
//! Its parts come one by one, each in a transaction together with how far the upload has come, so that a command that is
//! killed or repeated changes nothing: the same people go on where they stopped. What an export says is true up to the
//! day on which it was made, and nothing is ever acted on because of it: it feeds what cannot be read without a key.

mod erase;
mod merge;

use serde::{Deserialize, Serialize};

use super::boxed::Boxed;
use super::commit::{Change, commit};
use super::documents::{self, Document, set};
use super::records::ImportState;
use super::stored_people::load_people;
use crate::audit::sha256_hex;
use crate::host::{Host, StorageError, Write};
use crate::model::{DAY, Time};
use crate::snapshot::{Origin, Snapshot};

pub(super) use erase::erase;
pub(super) use merge::{Terms, merge};

/// How many signs of the hash an upload's id begins with.
const ID_SIGNS: usize = 16;
/// So many old parts are deleted at once: a transaction takes 25 operations.
const DELETED_AT_ONCE: u32 = 20;
/// So many days an upload may be gone on with.
const UPLOAD_DAYS: i64 = 7;
/// Deleting leaves off when less than this is left; whoever uploads next goes on.
const STOP_AT_MILLISECONDS: u32 = 5_000;

/// What there is of exports.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ImportBook {
    /// The one in use.
    pub(super) kept: Option<ImportState>,
    /// The one on its way.
    pub(super) upload: Option<Upload>,
    /// Parts that nobody needs any more: of which upload, and how many.
    pub(super) leftovers: Vec<(String, u32)>,
}

impl Document for ImportBook {
    const KEY: &'static str = "import";
}

/// An export on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Upload {
    /// As it is shown.
    pub(super) state: ImportState,
    /// Follows from all parts.
    pub(super) hash: String,
    /// Follows from the parts that are here.
    pub(super) hash_so_far: String,
    /// How many people they hold.
    #[serde(default)]
    pub(super) people: u32,
    /// When the upload was begun.
    #[serde(default)]
    pub(super) begun: Time,
}

impl ImportBook {
    /// The export on its way, or else the one in use.
    pub(super) fn shown(&self) -> Option<&ImportState> {
        let upload = self.upload.as_ref().map(|upload| &upload.state);
        upload.or(self.kept.as_ref())
    }

    /// Finds the people of a file among those that came before, and describes them as the file is described now.
    pub(super) fn find(&mut self, file: &Upload) -> Found {
        let described = |state: &mut ImportState| {
            state.name.clone_from(&file.state.name);
            state.report.clone_from(&file.state.report);
            state.made = file.state.made;
            state.clone()
        };
        if let Some(kept) = &mut self.kept
            && kept.parts == file.state.parts
            && kept.id.starts_with(file.id_start())
        {
            return Found::InUse(described(kept));
        }
        match &mut self.upload {
            Some(upload) if upload.hash == file.hash && upload.state.parts == file.state.parts => {
                Found::OnItsWay(described(&mut upload.state))
            }
            _ => Found::Nowhere,
        }
    }

    /// Begins an upload in the place of the one on its way.
    pub(super) fn begin(&mut self, file: Upload) -> ImportState {
        let old = self.upload.take();
        self.leave(old.as_ref().map(|old| &old.state));
        let state = file.state.clone();
        self.upload = Some(file);
        state
    }

    /// Leaves the parts of an export to the sweep.
    pub(super) fn leave(&mut self, import: Option<&ImportState>) {
        let Some(import) = import else { return };
        // The part that was being sent may be there although it was not counted.
        let parts = import.received.saturating_add(1).min(import.parts);
        self.leftovers.push((import.id.clone(), parts));
    }
}

impl Upload {
    /// How the ids of uploads of these people begin.
    pub(super) fn id_start(&self) -> &str {
        self.hash.get(..ID_SIGNS).unwrap_or_default()
    }
}

/// Where the people of a file were found.
#[derive(Debug)]
pub(super) enum Found {
    /// They are in use.
    InUse(ImportState),
    /// Some of them are here.
    OnItsWay(ImportState),
    /// They are new.
    Nowhere,
}

/// The hash of parts with one more behind them: what stands for all of them does so in their order.
pub(super) fn hash_with(hash: &str, part: &str) -> String {
    sha256_hex(&format!("{hash} {part}"))
}

/// The key of a part.
pub(super) fn part_key(import: &str, number: u32) -> String {
    format!("import:{import}:{number}")
}

/// The export in use with its people, if there is one.
pub(super) fn load<'h>(host: &'h impl Host) -> Boxed<'h, Option<(ImportState, Snapshot)>> {
    Box::pin(async move {
        let book: ImportBook = documents::load(host).await?;
        let Some(kept) = book.kept else {
            return Ok(None);
        };
        let keys = (0..kept.parts).map(|part| part_key(&kept.id, part));
        let mut snapshot = load_people(host, keys.collect()).await?;
        snapshot.set_origin(Origin {
            source: String::from("export of admin.atlassian.com"),
            read: Some(kept.made),
        });
        Ok(Some((kept, snapshot)))
    })
}

/// Forgets an upload that nobody went on with for days, and deletes what nobody needs any more.
pub(super) async fn tidy<H: Host>(host: &H) -> Result<(), StorageError> {
    let book: ImportBook = documents::load(host).await?;
    let is_old = |upload: &Upload| host.now().since(upload.begun) > UPLOAD_DAYS * DAY;
    if book.upload.as_ref().is_some_and(is_old) {
        commit::<_, StorageError>(host, async || {
            let mut book: ImportBook = documents::load(host).await?;
            let old = book.upload.take_if(|upload| is_old(upload));
            book.leave(old.as_ref().map(|upload| &upload.state));
            let change = Change {
                writes: vec![set(&book)?],
                ..Change::default()
            };
            Ok((change, ()))
        })
        .await?;
    }
    if book.upload.as_ref().is_some_and(is_old) || !book.leftovers.is_empty() {
        sweep(host).await?;
    }
    Ok(())
}

/// Deletes parts that nobody needs any more, as many as there is time for.
pub(super) fn sweep<'h>(host: &'h impl Host) -> Boxed<'h, ()> {
    Box::pin(async move {
        while host.time_left() >= STOP_AT_MILLISECONDS {
            let is_clean = commit::<_, StorageError>(host, async || {
                let mut book: ImportBook = documents::load(host).await?;
                let Some((id, parts)) = book.leftovers.pop() else {
                    return Ok((Change::default(), true));
                };
                let rest = parts.saturating_sub(DELETED_AT_ONCE);
                let deletes = (rest..parts).map(|part| Write::Delete {
                    key: part_key(&id, part),
                });
                let mut writes: Vec<Write> = deletes.collect();
                if rest > 0 {
                    book.leftovers.push((id, rest));
                }
                writes.push(set(&book)?);
                let change = Change {
                    writes,
                    ..Change::default()
                };
                Ok((change, false))
            })
            .await?;
            if is_clean {
                break;
            }
        }
        Ok(())
    })
}
