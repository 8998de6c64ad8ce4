//! Closed accounts: out of every list, and out of the one on its way (RULES R18).

use super::{ListBook, StoredList, parts, sweep};
use crate::app::commit::{Change, commit};
use crate::app::documents::{decode, load, load_value, set, set_value};
use crate::host::{Host, StorageError};

/// Takes people out of every list, by their ids and by their addresses (RULES R18). A list on its way is given up.
pub(in crate::app) async fn forget(
    host: &impl Host,
    erased: &[String],
) -> Result<(), StorageError> {
    let is_erased = |member: &String| erased.iter().any(|id| id.eq_ignore_ascii_case(member));
    commit::<_, StorageError>(host, async || {
        let mut book: ListBook = load(host).await?;
        let mut change = Change::default();
        if let Some(old) = book.incoming.take() {
            book.leave(old.id, old.received);
            change.writes.push(set(&book)?);
        }
        Ok((change, ()))
    })
    .await?;
    let book: ListBook = load(host).await?;
    for list in &book.lists {
        for (key, text) in parts(host, list).await? {
            let Some(text) = text else { continue };
            let part: Vec<String> = decode(&key, &text)?;
            if part.iter().any(is_erased) {
                forget_in(host, list, &key, &is_erased).await?;
            }
        }
    }
    sweep(host).await
}

/// Takes people out of a part, unless its list was replaced meanwhile: nobody would name the part any more.
async fn forget_in(
    host: &impl Host,
    list: &StoredList,
    key: &str,
    is_erased: &dyn Fn(&String) -> bool,
) -> Result<(), StorageError> {
    commit::<_, StorageError>(host, async || {
        let book: ListBook = load(host).await?;
        let mut change = Change::default();
        if book.lists.iter().any(|known| known.id == list.id)
            && let Some(mut part) = load_value::<Vec<String>>(host, key).await?
        {
            part.retain(|member| !is_erased(member));
            change.writes.push(set_value(key, &part)?);
        }
        Ok((change, ()))
    })
    .await
}
