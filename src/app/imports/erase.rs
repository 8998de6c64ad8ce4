//! Taking people out of an export that was uploaded (RULES R18).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{ImportBook, load, part_key, sweep};
use crate::app::commit::{Change, commit};
use crate::app::documents::{self, set, set_value};
use crate::app::random_suffix;
use crate::app::records::ImportState;
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
    let Some((state, people)) = load(host).await? else {
        return Ok(());
    };
    let names_any = |account: &AccountId| people.find_all(account.as_str()).next().is_some();
    if !accounts.iter().any(names_any) {
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
    for (number, part) in (0..).zip(parts) {
        let write = set_value(part_key(&erased.id, number), &STANDARD.encode(part))?;
        host.transact(vec![write]).await?;
    }
    commit::<_, StorageError>(host, async || {
        let mut book: ImportBook = documents::load(host).await?;
        // Whatever took its place meanwhile is looked at with the next report.
        let is_same = book.kept.as_ref().is_some_and(|kept| kept.id == state.id);
        let old = if is_same {
            book.kept.replace(erased.clone())
        } else {
            Some(erased.clone())
        };
        book.leave(old.as_ref());
        let change = Change {
            writes: vec![set(&book)?],
            ..Change::default()
        };
        Ok((change, ()))
    })
    .await?;
    sweep(host).await
}

fn without(people: &Snapshot, accounts: &[AccountId]) -> Snapshot {
    let mut rest = Snapshot::new();
    let records = people.rows().filter_map(|row| people.record(row));
    for person in records.filter(|person| !accounts.contains(&person.account)) {
        rest.push(&person);
    }
    rest
}
