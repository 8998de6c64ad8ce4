//! Imported lists of people: e-mail addresses and account ids under a name that policies use (RULES R11).
//!
//! A list comes in by parts, each in a transaction with how far it has come; with the last one it takes the place of the one
//! before. A list that lost more than a tenth holds the runs that rest on it.

mod dropped;
mod erased;
mod exported;

use serde::{Deserialize, Serialize};

use super::commit::{Change, commit};
use super::documents::{Document, decode, encode, load, set, set_value};
use super::random_suffix;
use super::stored_people::PARTS_AT_ONCE;
use crate::audit::{Entry, sha256_hex};
use crate::evaluate::{LIST_MAX_AGE, NamedList};
use crate::host::{Host, StorageError, Write};
use crate::model::{AccountId, DAY, Time};

pub(super) use dropped::forget_list;
pub(super) use erased::forget;
pub(super) use exported::{ExportedList, export, parts_of, restore};

/// The most lists.
pub(super) const MAX_LISTS: usize = 50;
/// The most parts of one list.
pub(super) const MAX_PARTS: u32 = 100;
/// How often a part that is gone makes a reader look anew.
const READINGS: u32 = 3;
/// The most bytes of one part (RULES R16).
pub(super) const MAX_PART_BYTES: usize = 176 * 1024;
/// So many days an upload may be gone on with.
const UPLOAD_DAYS: i64 = 7;

/// All lists, and the one on its way.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct ListBook {
    pub(super) lists: Vec<StoredList>,
    incoming: Option<Incoming>,
    /// Parts that nobody needs any more: of which list, and how many.
    leftovers: Vec<(String, u32)>,
    /// Lists without members that policies still name.
    #[serde(default)]
    dropped: Vec<StoredList>,
}

impl Document for ListBook {
    const KEY: &'static str = "lists";
}

/// A list; its members stand in parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StoredList {
    pub(super) name: String,
    pub(super) imported: Time,
    /// Who imported it, or dropped it.
    pub(super) by: AccountId,
    /// When they did. One that was restored from an export was imported elsewhere, and earlier.
    #[serde(default)]
    edited: Time,
    pub(super) members: u32,
    /// How many the import before had, if there was one.
    pub(super) had: Option<u32>,
    id: String,
    parts: u32,
    hash: String,
}

/// A list on its way.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Incoming {
    name: String,
    id: String,
    of: u32,
    received: u32,
    members: u32,
    hash: String,
    /// Who sends it: parts of two people never make one list.
    #[serde(default)]
    by: Option<AccountId>,
    #[serde(default)]
    begun: Time,
}

impl StoredList {
    /// What it is known by: no two imports have the same.
    pub(super) fn mark(&self) -> String {
        format!("{}{}", self.name, self.id)
    }

    /// Under which keys its members are stored, in order.
    pub(super) fn keys(&self) -> Vec<String> {
        (0..self.parts).map(|part| key(&self.id, part)).collect()
    }

    /// Whether it is too old to decide anything.
    pub(super) fn is_too_old(&self, now: Time) -> bool {
        self.imported < LIST_MAX_AGE.before(now)
    }

    /// Takes the place of another one. The same once more, as after an answer that was lost, must not hide that it had shrunk.
    fn follow(&mut self, old: &StoredList) {
        self.had = if old.hash == self.hash {
            old.had
        } else {
            Some(old.members)
        };
    }

    /// Whether it lost more than a tenth with its last import.
    pub(super) fn has_shrunk(&self) -> bool {
        let had = self.had.unwrap_or(0);
        u64::from(self.members) * 10 < u64::from(had) * 9
    }
}

impl ListBook {
    /// The list of a name.
    pub(super) fn get(&self, name: &str) -> Option<&StoredList> {
        self.lists.iter().find(|list| list.name == name)
    }

    fn leave(&mut self, id: String, parts: u32) {
        self.leftovers.push((id, parts));
    }
}

fn key(id: &str, part: u32) -> String {
    format!("list:{id}:{part}")
}

/// A part of a list that comes in.
pub(super) struct Slice<'s> {
    pub(super) name: &'s str,
    pub(super) part: u32,
    pub(super) of: u32,
    pub(super) members: &'s [String],
    pub(super) by: &'s AccountId,
    /// Where it is restored from an export: when it was imported, and how many members the import before had. It takes the
    /// place of no list that is there.
    pub(super) restored: Option<(Time, Option<u32>)>,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// It is kept, or was before, or the list is complete.
    Kept,
    /// It does not follow what is there.
    OutOfPlace,
}

/// Takes a part. `entry` is the log's about a list that became complete.
pub(super) async fn take(
    host: &impl Host,
    slice: Slice<'_>,
    entry: &dyn Fn(&StoredList) -> Entry,
) -> Result<Taken, StorageError> {
    let new_id = format!("{}-{}", host.now().compact(), random_suffix(host));
    let text = encode(&slice.members)?;
    let taken = commit::<_, StorageError>(host, async || {
        let mut book: ListBook = load(host).await?;
        let mut incoming = match book.incoming.take() {
            Some(known) if slice.part > 0 => known,
            old => {
                if let Some(old) = old {
                    book.leave(old.id, old.received);
                }
                Incoming {
                    name: slice.name.to_owned(),
                    id: new_id.clone(),
                    of: slice.of,
                    received: 0,
                    members: 0,
                    hash: String::new(),
                    by: Some(slice.by.clone()),
                    begun: host.now(),
                }
            }
        };
        let is_of_it = (incoming.name == slice.name && incoming.of == slice.of)
            && incoming.by.as_ref() == Some(slice.by);
        if is_of_it && slice.part + 1 == incoming.received {
            return Ok((Change::default(), Taken::Kept));
        }
        if !is_of_it || slice.part != incoming.received || slice.part >= slice.of {
            return Ok((Change::default(), Taken::OutOfPlace));
        }
        incoming.received += 1;
        let count = u32::try_from(slice.members.len()).unwrap_or(u32::MAX);
        incoming.members = incoming.members.saturating_add(count);
        incoming.hash = sha256_hex(&format!("{}{text}", incoming.hash));
        let mut change = Change {
            writes: vec![set_value(key(&incoming.id, slice.part), &slice.members)?],
            ..Change::default()
        };
        if incoming.received == incoming.of {
            if let Some(list) = finish(&mut book, incoming, &slice, host.now()) {
                change.entries.push(entry(&list));
            }
        } else {
            book.incoming = Some(incoming);
        }
        change.writes.push(set(&book)?);
        Ok((change, Taken::Kept))
    })
    .await?;
    sweep(host).await?;
    Ok(taken)
}

/// Puts a complete list in the place of the one before; `None` where a restored one finds it there.
fn finish(
    book: &mut ListBook,
    incoming: Incoming,
    slice: &Slice<'_>,
    now: Time,
) -> Option<StoredList> {
    // What was written later than now would never be too old.
    let (imported, had) = slice
        .restored
        .map_or((now, None), |(imported, had)| (imported.min(now), had));
    let mut list = StoredList {
        name: incoming.name,
        imported,
        by: slice.by.clone(),
        edited: now,
        members: incoming.members,
        had,
        id: incoming.id,
        parts: incoming.of,
        hash: incoming.hash,
    };
    let mut known = book.lists.iter();
    match known.position(|known| known.name == list.name) {
        Some(_) if slice.restored.is_some() => {
            book.leave(list.id, list.parts);
            return None;
        }
        Some(place) => {
            let old = book.lists.remove(place);
            list.follow(&old);
            book.leave(old.id, old.parts);
            book.lists.insert(place, list.clone());
        }
        None => {
            book.follow_dropped(&mut list);
            book.lists.push(list.clone());
        }
    }
    Some(list)
}

/// Gives up a list on its way that nobody went on with for days, and deletes what nobody needs any more: it holds
/// addresses.
pub(super) async fn tidy(host: &impl Host) -> Result<(), StorageError> {
    let is_old = |incoming: &Incoming| host.now().since(incoming.begun) > UPLOAD_DAYS * DAY;
    let book: ListBook = load(host).await?;
    if book.incoming.as_ref().is_some_and(is_old) {
        commit::<_, StorageError>(host, async || {
            let mut book: ListBook = load(host).await?;
            let mut change = Change::default();
            if let Some(old) = book.incoming.take_if(|incoming| is_old(incoming)) {
                book.leave(old.id, old.received);
                change.writes.push(set(&book)?);
            }
            Ok((change, ()))
        })
        .await?;
    }
    sweep(host).await
}

/// Deletes parts that nobody needs any more. Killed at any point, the next call does the rest.
pub(super) async fn sweep(host: &impl Host) -> Result<(), StorageError> {
    let book: ListBook = load(host).await?;
    for (id, parts) in &book.leftovers {
        let keys: Vec<String> = (0..*parts).map(|part| key(id, part)).collect();
        for keys in keys.chunks(PARTS_AT_ONCE) {
            let mut writes = Vec::new();
            for key in keys {
                writes.push(Write::Delete { key: key.clone() });
            }
            host.transact(writes).await?;
        }
    }
    if book.leftovers.is_empty() {
        return Ok(());
    }
    commit::<_, StorageError>(host, async || {
        let mut now: ListBook = load(host).await?;
        now.leftovers.retain(|left| !book.leftovers.contains(left));
        let change = Change {
            writes: vec![set(&now)?],
            ..Change::default()
        };
        Ok((change, ()))
    })
    .await
}

/// The lists of some names, as a policy's condition reads them.
pub(super) async fn load_named(
    host: &impl Host,
    names: &[&str],
) -> Result<Vec<NamedList>, StorageError> {
    let mut named = Vec::new();
    if names.is_empty() {
        return Ok(named);
    }
    let book: ListBook = load(host).await?;
    for list in &book.lists {
        if !names.contains(&list.name.as_str()) {
            continue;
        }
        // A run is judged by the time at which it was asked for; a list that is too old by now is too old for it as well.
        let (imported, members) = match list.is_too_old(host.now()) {
            true => (Time::default(), Vec::new()),
            false => (list.imported, members(host, list).await?),
        };
        named.push(NamedList {
            name: list.name.clone(),
            imported,
            max_age: LIST_MAX_AGE,
            members,
        });
    }
    Ok(named)
}

/// The members of a list. One that is replaced meanwhile is read anew.
async fn members(host: &impl Host, list: &StoredList) -> Result<Vec<String>, StorageError> {
    let mut list = list.clone();
    let mut readings = 1;
    loop {
        match members_of_parts(host, &list).await {
            Err(_) if readings < READINGS => {
                readings += 1;
                let book: ListBook = load(host).await?;
                match book.get(&list.name) {
                    Some(newer) => list = newer.clone(),
                    // Dropped: an empty list decides nothing.
                    None => return Ok(Vec::new()),
                }
            }
            read => return read,
        }
    }
}

async fn members_of_parts(
    host: &impl Host,
    list: &StoredList,
) -> Result<Vec<String>, StorageError> {
    let mut members = Vec::new();
    for (key, text) in parts(host, list).await? {
        let Some(text) = text else {
            let why = format!("a part of the list `{}` is gone", list.name);
            return Err(StorageError::Failed(why));
        };
        let mut part: Vec<String> = decode(&key, &text)?;
        members.append(&mut part);
    }
    Ok(members)
}

async fn parts(
    host: &impl Host,
    list: &StoredList,
) -> Result<Vec<(String, Option<String>)>, StorageError> {
    let keys = list.keys();
    let texts = host.get(&keys).await?;
    Ok(keys.into_iter().zip(texts).collect())
}

/// The accounts that lists name by their ids, each with the time of the import.
pub(super) async fn accounts(host: &impl Host) -> Result<Vec<(AccountId, Time)>, StorageError> {
    let book: ListBook = load(host).await?;
    let mut accounts = Vec::new();
    for list in &book.lists {
        for member in members(host, list).await? {
            let account = AccountId(member);
            if account.is_plausible() {
                accounts.push((account, list.imported));
            }
        }
    }
    Ok(accounts)
}
