//! E-mail addresses of a plan's people while it is executed: a search names 100 of them, and 10 accounts
//! (docs/decisions/0003). They are kept apart from the plan, and deleted before the run ends.

use super::progress::Progress;
use crate::app::commit::Change;
use crate::app::documents::{decode, encode};
use crate::app::newest_snapshot;
use crate::app::worker::{WorkError, Worker};
use crate::host::{Host, StorageError, Write};
use crate::plan::Person;

/// The most bytes of JSON in one value (RULES R16).
const MAX_BYTES: usize = 160 * 1024;
/// The most values in one write.
const VALUES_A_WRITE: usize = 15;

fn key(run: &str, number: u32) -> String {
    format!("run:{run}:addresses:{number}")
}

/// The addresses of a run's steps, in their order; nothing for whoever's is not known. The first time they are looked up
/// in the newest snapshot and kept.
pub(super) async fn addresses<H: Host>(
    worker: &Worker<'_, H>,
    run: &str,
    people: &[Person],
    progress: &mut Progress,
) -> Result<Vec<String>, WorkError> {
    let host = worker.host;
    if let Some(parts) = progress.addresses() {
        return Ok(load(host, run, parts).await?);
    }
    let addresses = look_up(host, people).await?;
    let values = values(&addresses)?;
    progress.has_addresses(u32::try_from(values.len()).ok());
    // Where they are is known before they are there: nothing is left behind, whatever ends the run.
    remember(worker, run, progress).await?;
    let writes: Vec<Write> = (0_u32..)
        .zip(values)
        .map(|(number, value)| Write::Set {
            key: key(run, number),
            value,
        })
        .collect();
    transact(worker, &writes).await?;
    Ok(addresses)
}

async fn remember<H: Host>(
    worker: &Worker<'_, H>,
    run: &str,
    progress: &mut Progress,
) -> Result<(), WorkError> {
    let writes = progress.writes(run)?;
    worker
        .commit(async || {
            let change = Change {
                writes: writes.clone(),
                ..Change::default()
            };
            Ok((change, ()))
        })
        .await?;
    progress.stored();
    Ok(())
}

/// Writes some values, as long as the lease is held.
async fn transact<H: Host>(worker: &Worker<'_, H>, writes: &[Write]) -> Result<(), WorkError> {
    for some in writes.chunks(VALUES_A_WRITE) {
        worker.transact(some.to_vec()).await?;
    }
    Ok(())
}

async fn look_up<H: Host>(host: &H, people: &[Person]) -> Result<Vec<String>, StorageError> {
    let Some((_, snapshot)) = newest_snapshot(host).await? else {
        return Ok(Vec::new());
    };
    let address = |person: &Person| {
        let row = snapshot.find(&person.account, &person.directory)?;
        snapshot.email(row).map(String::from)
    };
    let addresses = people
        .iter()
        .map(|person| address(person).unwrap_or_default());
    Ok(addresses.collect())
}

/// The addresses as values of a bearable size.
fn values(addresses: &[String]) -> Result<Vec<String>, StorageError> {
    let mut values = Vec::new();
    let mut left = addresses;
    while !left.is_empty() {
        let mut bytes = 0;
        let fitting = left.iter().take_while(|address| {
            bytes += address.len() + 3;
            bytes <= MAX_BYTES
        });
        let count = fitting.count().max(1);
        let (part, rest) = left.split_at_checked(count).unwrap_or((left, &[]));
        values.push(encode(&part)?);
        left = rest;
    }
    Ok(values)
}

/// Without one of them the places of the others would be wrong: then nobody's is known, and all are read by account.
async fn load(host: &impl Host, run: &str, parts: u32) -> Result<Vec<String>, StorageError> {
    let keys: Vec<String> = (0..parts).map(|number| key(run, number)).collect();
    let mut addresses = Vec::new();
    for (key, text) in keys.iter().zip(host.get(&keys).await?) {
        let Some(text) = text else {
            return Ok(Vec::new());
        };
        let mut part: Vec<String> = decode(key, &text)?;
        addresses.append(&mut part);
    }
    Ok(addresses)
}

/// Deletes them. To be called before a run ends, however it ends.
pub(super) async fn forget<H: Host>(
    worker: &Worker<'_, H>,
    run: &str,
    progress: &mut Progress,
) -> Result<(), WorkError> {
    let Some(parts) = progress.addresses() else {
        return Ok(());
    };
    let deletes: Vec<Write> = (0..parts)
        .map(|number| Write::Delete {
            key: key(run, number),
        })
        .collect();
    transact(worker, &deletes).await?;
    progress.has_addresses(None);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_small_and_keep_the_order() {
        let addresses: Vec<String> = (0..20_000)
            .map(|n| format!("person-{n}@a.example"))
            .collect();
        let values = values(&addresses).unwrap();
        assert!(values.len() > 1);
        let read: Vec<String> = values
            .iter()
            .inspect(|value| assert!(value.len() <= MAX_BYTES + 2))
            .flat_map(|value| serde_json::from_str::<Vec<String>>(value).unwrap())
            .collect();
        assert_eq!(read, addresses);
    }
}
