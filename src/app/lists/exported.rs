//! Lists in an exported configuration, and out of it.

use serde::{Deserialize, Serialize};

use super::{ListBook, MAX_PART_BYTES, Slice, StoredList, Taken, members, take};
use crate::app::documents::load;
use crate::audit::Entry;
use crate::host::{Host, StorageError};
use crate::model::{AccountId, Time};

/// A list as it is exported.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(in crate::app) struct ExportedList {
    pub(in crate::app) name: String,
    imported: Time,
    had: Option<u32>,
    pub(in crate::app) members: Vec<String>,
}

/// Every list with its members.
pub(in crate::app) async fn export(host: &impl Host) -> Result<Vec<ExportedList>, StorageError> {
    let book: ListBook = load(host).await?;
    let mut lists = Vec::new();
    for list in book.lists {
        lists.push(ExportedList {
            members: members(host, &list).await?,
            name: list.name,
            imported: list.imported,
            had: list.had,
        });
    }
    Ok(lists)
}

/// Members in parts that fit into one value each; an empty list has one too.
pub(in crate::app) fn parts_of(members: &[String]) -> Vec<&[String]> {
    let mut parts = Vec::new();
    let (mut from, mut bytes) = (0, 2);
    for (place, member) in members.iter().enumerate() {
        // In quotes, with a comma. No member has other signs that are escaped.
        let escaped = member.bytes().filter(|byte| matches!(byte, b'"' | b'\\'));
        let more = member.len() + escaped.count() + 3;
        if bytes + more > MAX_PART_BYTES {
            parts.extend(members.get(from..place));
            (from, bytes) = (place, 2);
        }
        bytes += more;
    }
    parts.extend(members.get(from..));
    parts
}

/// Takes over a list that was exported, as old as it is, where there is none of its name. Interrupted, it begins anew.
pub(in crate::app) async fn restore(
    host: &impl Host,
    by: &AccountId,
    exported: &ExportedList,
    entry: &dyn Fn(&StoredList) -> Entry,
) -> Result<(), StorageError> {
    let book: ListBook = load(host).await?;
    if book.get(&exported.name).is_some() {
        return Ok(());
    }
    let parts = parts_of(&exported.members);
    let of = u32::try_from(parts.len()).unwrap_or(u32::MAX);
    for (part, members) in (0..).zip(parts) {
        let slice = Slice {
            name: &exported.name,
            part,
            of,
            members,
            by,
            restored: Some((exported.imported, exported.had)),
        };
        // Somebody else began to import a list in between.
        if take(host, slice, entry).await? == Taken::OutOfPlace {
            return Err(StorageError::Conflict);
        }
    }
    Ok(())
}
