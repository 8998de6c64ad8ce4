//! Taking people out of an export that was uploaded (RULES R18).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{ImportBook, load, part_key, sweep};
use crate::app::commit::{Change, commit};
use crate::app::documents::{self, set, set_value};
use crate::app::random_suffix;
use crate::app::records::ImportState;
use crate::app::stored_people::load_people;
use crate::host::{Host, StorageError};
use crate::model::AccountId;
use crate::snapshot::{Snapshot, encode_parts};

/// Writes the export in use anew without some people, if it names any of them.
///
/// The same file uploaded again is another export then: its people are not those that are kept.
pub(in crate::app) async fn erase(
    host: &impl Host,
    accounts: &[AccountId],
) -> Result<(), StorageError> {
    erase_upload(host, accounts).await?;
    let Some((state, people)) = load(host).await? else {
        return Ok(());
    };
    if !names_any(&people, accounts) {
        return Ok(());
    }
    let rest = without(&people, accounts);
    let parts = encode_parts(&rest).map_err(|fault| StorageError::Failed(fault.to_string()))?;
    let count = u32::try_from(parts.len()).unwrap_or(u32::MAX);
    let erased = ImportState {
        id: format!("erased-{}-{}", host.now().compact(), random_suffix(host)),
        parts: count,
        received: count,
        ..state.clone()
    };
    // Until they are in use they are what nobody needs: a kill in between leaves nothing behind.
    change_book(host, |book| book.leave(Some(&erased))).await?;
    for (number, part) in (0..).zip(parts) {
        let write = set_value(part_key(&erased.id, number), &STANDARD.encode(part))?;
        host.transact(vec![write]).await?;
    }
    change_book(host, |book| {
        // Whatever took its place meanwhile is looked at with the next report.
        if book.kept.as_ref().is_some_and(|kept| kept.id == state.id) {
            book.leftovers.retain(|(id, _)| *id != erased.id);
            let old = book.kept.replace(erased.clone());
            book.leave(old.as_ref());
        }
    })
    .await?;
    sweep(host).await
}

/// Drops the upload on its way if it names any of some people.
async fn erase_upload(host: &impl Host, accounts: &[AccountId]) -> Result<(), StorageError> {
    let book: ImportBook = documents::load(host).await?;
    let Some(upload) = book.upload else {
        return Ok(());
    };
    let state = upload.state;
    let keys = (0..state.received).map(|part| part_key(&state.id, part));
    let people = load_people(host, keys.collect()).await?;
    if !names_any(&people, accounts) {
        return Ok(());
    }
    change_book(host, |book| {
        let old = book.upload.take_if(|upload| upload.state.id == state.id);
        book.leave(old.as_ref().map(|upload| &upload.state));
    })
    .await
}

async fn change_book(
    host: &impl Host,
    apply: impl Fn(&mut ImportBook),
) -> Result<(), StorageError> {
    commit::<_, StorageError>(host, async || {
        let mut book: ImportBook = documents::load(host).await?;
        apply(&mut book);
        let change = Change {
            writes: vec![set(&book)?],
            ..Change::default()
        };
        Ok((change, ()))
    })
    .await
}

fn names_any(people: &Snapshot, accounts: &[AccountId]) -> bool {
    let names = |account: &AccountId| people.find_all(account.as_str()).next().is_some();
    accounts.iter().any(names)
}

fn without(people: &Snapshot, accounts: &[AccountId]) -> Snapshot {
    let mut rest = Snapshot::new();
    let records = people.rows().filter_map(|row| people.record(row));
    for person in records.filter(|person| !accounts.contains(&person.account)) {
        rest.push(&person);
    }
    rest
}
