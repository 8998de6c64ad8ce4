//! The administrator's own fields and notes in storage (RULES R11). People lie in blocks by their ids, so that 100,000 of
//! them are some hundred values and not as many keys.

use serde::{Deserialize, Serialize};

use super::commit::{Change, commit};
use super::documents::{Document, decode, edit, encode, load, set, set_value};
use super::hints::share_of;
use super::records::{FieldDefinition, PersonFields, Settings};
use super::stored_people::PARTS_AT_ONCE;
use crate::audit::Entry;
use crate::evaluate::FieldValues;
use crate::host::{Host, StorageError};
use crate::model::{AccountId, Time};

/// The most blocks. With 100,000 people each holds some 400, with 400 bytes for every one of them.
const BLOCKS: u32 = 256;
/// The most bytes of a block (RULES R16).
const MAX_BLOCK_BYTES: usize = 176 * 1024;

/// Which blocks there are.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct FieldBook {
    blocks: Vec<u32>,
}

impl Document for FieldBook {
    const KEY: &'static str = "person-fields";
}

/// What is stored of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Stored {
    #[serde(rename = "a")]
    account: AccountId,
    /// Since when: what was written first.
    #[serde(rename = "s")]
    since: Time,
    #[serde(rename = "v", default, skip_serializing_if = "Vec::is_empty")]
    values: Vec<(String, String)>,
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

impl Stored {
    fn is_empty(&self) -> bool {
        self.values.is_empty() && self.note.is_none()
    }
}

fn key(block: u32) -> String {
    format!("person-fields:{block}")
}

async fn blocks(host: &impl Host, wanted: &[u32]) -> Result<Vec<Vec<Stored>>, StorageError> {
    let mut blocks = Vec::new();
    for some in wanted.chunks(PARTS_AT_ONCE) {
        let keys: Vec<String> = some.iter().map(|block| key(*block)).collect();
        for (key, text) in keys.iter().zip(host.get(&keys).await?) {
            blocks.push(match text {
                Some(text) => decode(key, &text)?,
                None => Vec::new(),
            });
        }
    }
    Ok(blocks)
}

/// Everybody of whom something is stored.
async fn everybody(host: &impl Host) -> Result<Vec<Stored>, StorageError> {
    let book: FieldBook = load(host).await?;
    Ok(blocks(host, &book.blocks)
        .await?
        .into_iter()
        .flatten()
        .collect())
}

/// Writes what is said of people, some blocks at a time; done again, it changes nothing more. `entry` is the log's about
/// some of them. Whoever sets values is a requester of the runs that rest on a field (RULES R9); a note decides nothing.
/// Answers false where a block would be too large; what was written before stays.
pub(super) async fn write(
    host: &impl Host,
    by: &AccountId,
    rows: &[PersonFields],
    entry: &dyn Fn(&[&PersonFields]) -> Entry,
) -> Result<bool, StorageError> {
    let mut by_block: Vec<(u32, Vec<&PersonFields>)> = Vec::new();
    for row in rows {
        let block = share_of(&row.account_id(), BLOCKS);
        match by_block.iter_mut().find(|(known, _)| *known == block) {
            Some((_, rows)) => rows.push(row),
            None => by_block.push((block, vec![row])),
        }
    }
    for some in by_block.chunks(PARTS_AT_ONCE) {
        let fits = commit::<_, StorageError>(host, async || {
            let mut book: FieldBook = load(host).await?;
            let mut settings: Settings = load(host).await?;
            let numbers: Vec<u32> = some.iter().map(|(block, _)| *block).collect();
            let mut change = Change::default();
            let mut written = Vec::new();
            let before = blocks(host, &numbers).await?;
            for ((number, rows), before) in some.iter().zip(before) {
                let mut block = before.clone();
                for row in rows {
                    apply(&mut block, row, &settings.fields, host.now());
                }
                if block == before {
                    continue;
                }
                if encode(&block)?.len() > MAX_BLOCK_BYTES {
                    return Ok((Change::default(), false));
                }
                if !book.blocks.contains(number) {
                    book.blocks.push(*number);
                }
                change.writes.push(set_value(key(*number), &block)?);
                written.extend(rows.iter().copied());
            }
            if !written.is_empty() {
                change.entries.push(entry(&written));
                change.writes.push(set(&book)?);
            }
            if written.iter().any(|row| !row.values.is_empty()) {
                settings.fields_edited = Some(edit(by, host.now()));
                change.writes.push(set(&settings)?);
            }
            Ok((change, true))
        })
        .await?;
        if !fits {
            return Ok(false);
        }
    }
    Ok(true)
}

fn apply(block: &mut Vec<Stored>, row: &PersonFields, fields: &[FieldDefinition], now: Time) {
    let account = row.account_id();
    let known = block.iter().position(|stored| stored.account == account);
    let place = known.unwrap_or(block.len());
    if known.is_none() {
        block.push(Stored {
            account,
            since: now,
            values: Vec::new(),
            note: None,
        });
    }
    let Some(stored) = block.get_mut(place) else {
        return;
    };
    for (name, value) in &row.values {
        stored.values.retain(|(known, _)| known != name);
        if !value.is_empty() {
            stored.values.push((name.clone(), value.clone()));
        }
    }
    // Fields that were given up go with the next change.
    let is_field = |name: &str| fields.iter().any(|field| field.name == name);
    stored.values.retain(|(name, _)| is_field(name));
    if let Some(note) = &row.note {
        stored.note = Some(note.clone()).filter(|note| !note.is_empty());
    }
    if stored.is_empty() {
        block.remove(place);
    }
}

fn shown(stored: Stored) -> PersonFields {
    PersonFields {
        account: stored.account.0,
        values: stored.values,
        note: stored.note,
    }
}

/// What is said of some people.
pub(super) async fn of(
    host: &impl Host,
    accounts: &[AccountId],
) -> Result<Vec<PersonFields>, StorageError> {
    let mut wanted: Vec<u32> = Vec::new();
    for account in accounts {
        let block = share_of(account, BLOCKS);
        if !wanted.contains(&block) {
            wanted.push(block);
        }
    }
    let mut people = Vec::new();
    for stored in blocks(host, &wanted).await?.into_iter().flatten() {
        if accounts.contains(&stored.account) {
            people.push(shown(stored));
        }
    }
    Ok(people)
}

/// Under which keys people are stored, some of them each.
pub(super) async fn block_keys(host: &impl Host) -> Result<Vec<String>, StorageError> {
    let book: FieldBook = load(host).await?;
    Ok(book.blocks.into_iter().map(key).collect())
}

/// What some fields say of the people under a key; their notes are left out.
pub(super) fn said_of(
    key: &str,
    text: Option<&str>,
    fields: &[String],
) -> Result<Vec<PersonFields>, StorageError> {
    let block: Vec<Stored> = match text {
        Some(text) => decode(key, text)?,
        None => Vec::new(),
    };
    let mut people = Vec::new();
    for mut stored in block {
        stored.note = None;
        stored.values.retain(|(name, _)| fields.contains(name));
        if !stored.is_empty() {
            people.push(shown(stored));
        }
    }
    Ok(people)
}

/// What is said of anybody.
pub(super) async fn all(host: &impl Host) -> Result<Vec<PersonFields>, StorageError> {
    Ok(everybody(host).await?.into_iter().map(shown).collect())
}

/// The values of some fields, as a policy's condition reads them. A field that is not there has none.
pub(super) async fn values_of(
    host: &impl Host,
    names: &[&str],
) -> Result<Vec<FieldValues>, StorageError> {
    let mut fields = Vec::new();
    if names.is_empty() {
        return Ok(fields);
    }
    let settings: Settings = load(host).await?;
    for field in settings.fields {
        if names.contains(&field.name.as_str()) {
            fields.push(FieldValues {
                name: field.name,
                values: Vec::new(),
            });
        }
    }
    if fields.is_empty() {
        return Ok(fields);
    }
    for stored in everybody(host).await? {
        for (name, value) in stored.values {
            if let Some(field) = fields.iter_mut().find(|field| field.name == name) {
                field.values.push((stored.account.clone(), value));
            }
        }
    }
    Ok(fields)
}

/// Everybody of whom something is said, each with the time since when.
pub(super) async fn accounts(host: &impl Host) -> Result<Vec<(AccountId, Time)>, StorageError> {
    let everybody = everybody(host).await?.into_iter();
    Ok(everybody
        .map(|stored| (stored.account, stored.since))
        .collect())
}

/// Takes the values away that are left of fields which were given up, before fields of these names are defined anew: what
/// was said under the old ones decides nothing any more.
pub(super) async fn clear(
    host: &impl Host,
    fields: &[FieldDefinition],
) -> Result<(), StorageError> {
    let settings: Settings = load(host).await?;
    if fields
        .iter()
        .all(|field| is_defined(&settings, &field.name))
    {
        return Ok(());
    }
    let book: FieldBook = load(host).await?;
    for numbers in book.blocks.chunks(PARTS_AT_ONCE) {
        commit::<_, StorageError>(host, async || {
            let settings: Settings = load(host).await?;
            let mut change = Change::default();
            for (number, before) in numbers.iter().zip(blocks(host, numbers).await?) {
                let mut block = before.clone();
                for stored in &mut block {
                    stored
                        .values
                        .retain(|(name, _)| is_defined(&settings, name));
                }
                block.retain(|stored| !stored.is_empty());
                if block != before {
                    change.writes.push(set_value(key(*number), &block)?);
                }
            }
            Ok((change, ()))
        })
        .await?;
    }
    Ok(())
}

fn is_defined(settings: &Settings, name: &str) -> bool {
    settings.fields.iter().any(|field| field.name == name)
}

/// Erases what is said of people (RULES R18).
pub(super) async fn forget(host: &impl Host, closed: &[AccountId]) -> Result<(), StorageError> {
    for account in closed {
        let number = share_of(account, BLOCKS);
        commit::<_, StorageError>(host, async || {
            let mut change = Change::default();
            for mut block in blocks(host, &[number]).await? {
                let before = block.len();
                block.retain(|stored| stored.account != *account);
                if block.len() < before {
                    change.writes.push(set_value(key(number), &block)?);
                }
            }
            Ok((change, ()))
        })
        .await?;
    }
    Ok(())
}
